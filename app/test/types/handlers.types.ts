import type { Handlers } from 'ipc-link/contract';
import { expectType, type work } from './contract.ts';

type Served = Handlers<typeof work>;

/** What `serve(contract, handlers)` takes. That this compiles is the test. */
export const handlers: Served = {
  async hash({ path, size }, { id, signal, progress, log }) {
    // After validation the default is there.
    expectType<number>()(size);
    expectType<AbortSignal>()(signal);
    progress({ percent: 1 });
    log.warn(`${id}: ${path}`, { size });
    // @ts-expect-error the progress has another type
    progress({ done: true });
    // @ts-expect-error no such level
    log.fatal('gone');
    return { digest: path };
  },
  // A handler returns what the validator takes, and need not be asynchronous.
  ping: () => '1',
  async *list({ root }) {
    yield { name: root };
  },
};

// @ts-expect-error two handlers are missing
export const incomplete: Served = { ping: () => '1' };

// @ts-expect-error no such task
export const unknownTask: Partial<Served> = { hush: () => '1' };

// @ts-expect-error another input than the contract's
export const wrongInput: Served['hash'] = (input: { path: number }) => ({ digest: input.path.toFixed() });

// @ts-expect-error another output
export const wrongOutput: Served['ping'] = () => 1;

// @ts-expect-error a stream has to be a generator
export const notAStream: Served['list'] = () => Promise.resolve([{ name: 'a' }]);

// @ts-expect-error another item
export const wrongItem: Served['list'] = async function* list() {
  yield { title: 'a' };
};

export const silent: Served['ping'] = (_input, { progress }) => {
  // @ts-expect-error the task reports no progress
  progress('half');
  return '1';
};
