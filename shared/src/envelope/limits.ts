/**
 * How many values a message may have: nulls, numbers, texts, keys, arrays and so on. A limit on bytes alone would not bound
 * memory, because one byte can become a whole object.
 */
export const MAX_VALUES = 4_194_304;
