/** Listeners by event, as Node has them. A bundle for pages has `page-events.ts` in its place. */
export { EventEmitter } from 'node:events';
