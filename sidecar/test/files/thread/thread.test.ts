import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { Thread } from '../../../dist/files/thread/thread.js';
import { makeFolder } from '../helpers/temp-folder.ts';

interface Echo {
  readonly data: string;
  readonly request: string;
  readonly reply: string;
  readonly event: string;
}

const answering = `
  import { answerRequests } from '${new URL('../../../dist/files/thread/answer-requests.js', import.meta.url).href}';
  answerRequests((data) => (request, emit) => {
    if (request === 'throw') throw new RangeError('broken');
    if (request === 'exit') process.exit(3);
    while (request === 'hang');
    if (request === 'archives') return String(process.noAsar);
    emit('heard ' + request);
    emit('answering');
    return data + request;
  });
`;

function startThread(signal = new AbortController().signal, onEvent = (_event: string): void => {}): Thread<Echo> {
  const file = join(makeFolder(), 'entry.mjs');
  writeFileSync(file, answering);
  return new Thread<Echo>({ entry: pathToFileURL(file), data: 'data ', signal, onEvent });
}

test('requests are answered one after the other, with events in between', async () => {
  const events: string[] = [];
  const thread = startThread(undefined, (event) => events.push(event));
  expect(await thread.ask('one')).toBe('data one');
  expect(await thread.ask('two')).toBe('data two');
  expect(events).toEqual(['heard one', 'answering', 'heard two', 'answering']);
  await thread.close();
});

test.each([
  ['throw', 'The thread that reads the files stopped: broken. Run the task again.'],
  ['exit', 'The thread that reads the files stopped: exit code 3. Run the task again.'],
])('a thread that dies rejects the request, and all later ones: %s', async (request, message) => {
  const thread = startThread();
  await expect(thread.ask(request)).rejects.toMatchObject({ code: 'ERR_FILES_THREAD', message });
  await expect(thread.ask('more')).rejects.toMatchObject({ code: 'ERR_FILES_THREAD' });
  await thread.close();
});

test('an abort ends a thread that never comes back', async () => {
  const abort = new AbortController();
  const thread = startThread(abort.signal);
  expect(await thread.ask('ready')).toBe('data ready');
  const hanging = thread.ask('hang');
  const reason = new Error('enough');
  abort.abort(reason);
  await expect(hanging).rejects.toBe(reason);
  await expect(thread.ask('more')).rejects.toBe(reason);
  await thread.close();
});

test('closing ends a thread that never comes back', async () => {
  const thread = startThread();
  const hanging = thread.ask('hang');
  const closed = thread.close();
  await expect(hanging).rejects.toMatchObject({ code: 'ERR_FILES_THREAD' });
  await closed;
});

test("Electron's archives are files in a thread, not folders", async () => {
  const thread = startThread();
  expect(await thread.ask('archives')).toBe('true');
  await thread.close();
});

test('a listener that throws rejects the request, and hears no more', async () => {
  const reason = new Error('bad listener');
  const events: string[] = [];
  const thread = startThread(undefined, (event) => {
    events.push(event);
    throw reason;
  });
  await expect(thread.ask('one')).rejects.toBe(reason);
  await thread.close();
  expect(events).toEqual(['heard one']);
});
