/** @type {(channel: string, value?: unknown) => Promise<any>} What the preload gives a page. */
export const invoke = Reflect.get(globalThis, 'invoke');
