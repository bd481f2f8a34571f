/**
 * What both ends of a port keep to. Taken bytes are acknowledged whenever there are so many of them, or when so many
 * messages were taken. Fewer bytes than what anybody waits for (see outbox.ts), so that the rest, which is not acknowledged,
 * holds up nobody.
 */
export const ACKNOWLEDGE_BYTES = 32_768;
export const ACKNOWLEDGE_MESSAGES = 128;

/**
 * Messages that are posted at most before some are acknowledged. Each costs its receiver a turn of its own, however small it
 * is, so that what is written meanwhile leaves in fewer and larger ones.
 */
export const MAX_UNACKNOWLEDGED_MESSAGES = 512;
