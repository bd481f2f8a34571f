import { Child } from '../process/child.mjs';

const file = new URL('responder.mjs', import.meta.url);

/** @param {string} folder @param {Readonly<Record<string, unknown>>} [options] Of its Server, with a `name`. @returns {Promise<Child>} */
export async function startResponder(folder, options = {}) {
  const child = new Child(file, {
    args: [{ name: 'responder', socketRoot: folder, ...options }],
    execArgv: ['--expose-gc'],
  });
  await child.ask('ready');
  return child;
}
