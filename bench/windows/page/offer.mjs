import { check } from './check.mjs';
import { works } from './works.mjs';

/**
 * Offers a page's peer to be measured from the main process, which runs these by name.
 *
 * @param {Promise<import('../../types.d.ts').PageSubject>} subject
 */
export function offer(subject) {
  Object.assign(globalThis, { subject, check, works });
}
