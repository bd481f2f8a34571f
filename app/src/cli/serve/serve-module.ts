import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Contract, defineContract, type Handlers, type Schema, stream, task } from 'ipc-link/contract';
import { serve } from 'ipc-link/sidecar';

const anything: Schema = { '~standard': { version: 1, vendor: 'ipc-link', validate: (value) => ({ value }) } };

/** The program of a sidecar that `ipc-link serve` starts: its first argument is the file to serve. */
const [, , file = '', ...args] = process.argv;
process.argv = [process.argv[0] ?? '', file, ...args];

const exported: unknown = await import(pathToFileURL(file).href);
// A sidecar's own entry has called serve(), which listens for the host's message.
if (process.listenerCount('message') === 0) await serveFunctions(exported);

async function serveFunctions(module: unknown): Promise<void> {
  const handlers = Object.fromEntries(
    Object.entries(Object(module)).filter(([, value]) => typeof value === 'function'),
  );
  if (!areHandlers(handlers)) {
    throw new TypeError(`${file} neither calls serve() nor exports a function: there is nothing to serve.`);
  }
  await serve(contractOf(basename(file, extname(file)), handlers), handlers);
}

/** What they take and give is for them to check. */
function areHandlers(functions: object): functions is Handlers<Contract> {
  return Object.keys(functions).length > 0;
}

function contractOf(name: string, handlers: Readonly<Record<string, unknown>>): Contract {
  const operations = Object.entries(handlers).map(([key, handler]) => [
    key,
    isGenerator(handler)
      ? stream({ input: anything, item: anything })
      : task({ input: anything, output: anything, progress: anything }),
  ]);
  return defineContract(name, Object.fromEntries(operations));
}

function isGenerator(handler: unknown): boolean {
  return typeof handler === 'function' && handler.constructor.name.endsWith('GeneratorFunction');
}
