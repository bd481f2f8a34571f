import { describe, expect, test } from 'vitest';
import { directName, PORT_MESSAGE, readDirectName, readLoad, readPortMessage } from '../../src/port/direct.ts';

describe('the name of a port', () => {
  test.each(['files', 'a#b', 'with space', 'zeile\nzwei'])('leads back to its contract: %j', (contract) => {
    expect(readDirectName(directName(contract, 17))).toBe(contract);
  });

  test.each(['app', '#1', 'files#', 'files#x', 'files#-1', 5, null, undefined])('is none: %j', (name) => {
    expect(readDirectName(name)).toBeNull();
  });
});

describe('what comes with a port', () => {
  const message = { type: PORT_MESSAGE, name: 'files#1', operations: ['files.list'], limits: { maxInFlight: 5 } };

  test('is read as it was sent', () => {
    expect(readPortMessage(message)).toStrictEqual(message);
  });

  test('keeps of operations and limits only what can be some', () => {
    const odd = { ...message, operations: ['files.list', 5, null], limits: { maxInFlight: '5', streamWindow: 1 } };
    expect(readPortMessage(odd)).toStrictEqual({ ...message, limits: { streamWindow: 1 } });
    expect(readPortMessage({ ...message, limits: null })).toStrictEqual({ ...message, limits: {} });
  });

  test.each([null, 'text', {}, { type: PORT_MESSAGE }, { ...message, name: 1 }, { ...message, operations: 'all' }])(
    'is something else: %j',
    (other) => {
      expect(readPortMessage(other)).toBeNull();
    },
  );
});

describe('a load', () => {
  test('is read as it was sent', () => {
    const load = { inFlight: 3, abandoned: 1, durations: [0.5, 20] };
    expect(readLoad(load)).toStrictEqual(load);
  });

  test.each([null, undefined, 'text', { inFlight: -1, abandoned: 1.5, durations: 'long' }])('of %j is none', (data) => {
    expect(readLoad(data)).toStrictEqual({ inFlight: 0, abandoned: 0, durations: [] });
  });

  test('brings at most a hundred durations, and nothing that is none', () => {
    const durations = [-1, Number.NaN, 'x', ...Array.from({ length: 200 }, (_, index) => index)];
    expect(readLoad({ inFlight: 0, abandoned: 0, durations }).durations).toHaveLength(100);
  });
});
