/** Where the built scripts of pages and preloads are. */
export const PAGES = new URL('out/', import.meta.url);
