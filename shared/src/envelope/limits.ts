/**
 * Values in one message: nulls, numbers, texts, keys, arrays and so on. One byte can be a whole object on arrival, so a
 * limit on bytes alone would not bound memory.
 */
export const MAX_VALUES = 4_194_304;
