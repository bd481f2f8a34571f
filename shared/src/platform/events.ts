/** The EventEmitter that Server extends. The bundle for pages has `page-events.ts` in place of this file. */
export { EventEmitter } from 'node:events';
