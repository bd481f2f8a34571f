import { describeError } from '../../src/describe-error.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

const reply = { class: 'Error', name: 'ReplyError', code: 'ERR_LINK_REPLY' };
const wrong = {
  class: 'Error',
  name: 'TypeError',
  message: 'wrong',
  code: 'EWRONG',
  errno: -5,
  when: 'Date 0',
  config: { url: '/x' },
  omitted: ['config.adapter'],
  cause: {
    class: 'Error',
    name: 'RangeError',
    message: 'too far',
    cause: { class: 'Error', name: 'TypeError', message: 'the root' },
  },
};
const unsendable = { class: 'Error', name: 'LinkError', code: 'ERR_LINK_UNSERIALIZABLE' };

/** What fails, and all that is seen of it: in the main process, and in a page through it and straight to the sidecar. */
const failures: Readonly<Record<string, readonly [code: string, seen: object]>> = {
  'an error with properties and causes': [`client.fail('error')`, wrong],
  'the same out of a stream': [`(async () => { for await (const _ of client.broken('error')); })()`, wrong],
  'an error of a class of its own': [
    `client.fail('class')`,
    { class: 'Error', name: 'DiskError', message: 'disk is full', code: 'ERR_LINK_REPLY', bytes: '12n' },
  ],
  'several errors in one': [
    `client.fail('several')`,
    {
      class: 'Error',
      name: 'AggregateError',
      message: 'several',
      code: 'ERR_LINK_REPLY',
      errors: [{ class: 'Error', name: 'RangeError', message: 'one' }, 'two', { three: 3 }],
    },
  ],
  text: [`client.fail('text')`, { ...reply, message: `The handler threw 'disk is full'.`, data: 'disk is full' }],
  nothing: [`client.fail('nothing')`, { ...reply, message: 'The handler threw undefined.' }],
  'an object': [`client.fail('object')`, { ...reply, message: 'no error', level: 3 }],
  'a Map': [
    `client.fail('map')`,
    { ...reply, message: `The handler threw Map(1) { 'a' => 1 }.`, data: ['Map', ['a', 1]] },
  ],
  "a handler's own AbortError": [
    `client.fail('abort')`,
    { class: 'Error', name: 'AbortError', message: 'the handler gave up', code: 'ERR_LINK_REPLY' },
  ],
  "a code of the link's that a handler's error has": [
    `client.fail('timeout')`,
    { class: 'Error', name: 'Error', message: 'mine took too long', code: 'ERR_LINK_REPLY' },
  ],
  'issues that a handler found': [
    `client.fail('validation')`,
    {
      class: 'Error',
      name: 'Error',
      message: 'wrong field',
      code: 'ERR_LINK_REPLY',
      issues: [{ path: ['name'], message: 'is empty' }],
    },
  ],
  'an input that the contract does not allow': [
    `client.wait({ ms: 'long', tag: 'a' })`,
    {
      class: 'Error',
      name: 'ContractError',
      message: 'demo.wait: its input does not fit the contract: ms: Invalid input: expected number, received string.',
      code: 'ERR_LINK_INVALID_INPUT',
      issues: [
        {
          expected: 'number',
          code: 'invalid_type',
          path: ['ms'],
          message: 'Invalid input: expected number, received string',
        },
      ],
    },
  ],
  "an input that can't be sent": [
    'client.same({ a: [() => {}] })',
    { ...unsendable, message: expect.stringMatching(/^demo\.same: input\.a\[0\] is a function /) },
  ],
  "an output that can't be sent": [
    'client.unsendable(null)',
    { ...unsendable, message: expect.stringMatching(/^demo\.unsendable: output\.list\[0\] is a function /) },
  ],
  "an option that can't be": [
    `client.wait({ ms: 1, tag: 'a' }, { timeout: -1 })`,
    {
      class: 'Error',
      name: 'LinkError',
      message: 'demo.wait(input, options): timeout must be milliseconds above 0, or Infinity for none, not -1.',
      code: 'ERR_LINK_INVALID_ARGUMENT',
    },
  ],
  'an abort': [
    `(() => {
      const controller = new AbortController();
      const call = client.wait({ ms: 60_000, tag: 'a' }, { signal: controller.signal });
      controller.abort(new RangeError('the user left'));
      return call;
    })()`,
    {
      class: 'DOMException',
      name: 'AbortError',
      message: 'the user left',
      code: 20,
      cause: { class: 'Error', name: 'RangeError', message: 'the user left' },
    },
  ],
  'a timeout': [
    `client.wait({ ms: 60_000, tag: 'a' }, { timeout: 50 })`,
    {
      class: 'Error',
      name: 'LinkError',
      message: expect.stringMatching(/^task 'demo\.wait': '.*' did not answer within 50 ms\./),
      code: 'ERR_LINK_TIMEOUT',
    },
  ],
  'a crash': [
    'client.crash(null)',
    {
      class: 'Error',
      name: 'SidecarCrashedError',
      message: expect.stringMatching(/^'demo-\d+' crashed: it was ended by SIGKILL\./),
      code: 'ERR_SIDECAR_CRASHED',
      sidecar: 'demo',
      instance: expect.stringMatching(/^demo-\d+$/),
      exitCode: null,
      signal: 'SIGKILL',
      stderr: [],
      memory: 'no',
    },
  ],
};

for (const [name, [code, seen]] of Object.entries(failures)) {
  test(`a page sees of an error what the main process sees: ${name}`, async ({ windows }) => {
    const run = (client: string): string =>
      `${describeError} const client = ${client}; return JSON.stringify(await outcome(${code}));`;
    const read = (text: string): unknown => JSON.parse(text.replaceAll('straight', 'demo'));
    expect(read(await inMain<string>(windows.app, run('demo')))).toEqual(seen);
    expect(read(await inPage<string>(windows.page, run('demo')))).toEqual(seen);
    expect(read(await inPage<string>(windows.page, run('straight')))).toEqual(seen);
  });
}
