import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseInstance, rankPlaces, type Routable } from '../../src/host/choose-instance.ts';

const anywhere = { ranking: undefined, avoid: undefined };

describe('without a key', () => {
  test('the least busy of those that are ready takes the call', () => {
    const [a, b, c] = [instance('ready', 2), instance('ready', 1), instance('starting', 0)];
    expect(chooseInstance([a, b, c], 4, anywhere)).toBe(b);
  });

  test('of several the first, so that others may become idle', () => {
    const [a, b] = [instance('ready', 1), instance('ready', 1)];
    expect(chooseInstance([a, b], 4, anywhere)).toBe(a);
  });

  test('of equals one that answered its last call in time, before one that did not', () => {
    const [late, a, b] = [{ ...instance('ready', 1), isLate: true }, instance('ready', 1), instance('ready', 2)];
    expect(chooseInstance([late, a, b], 4, anywhere)).toBe(a);
    expect(chooseInstance([late, b], 4, anywhere)).toBe(late);
  });

  test('nobody takes it where all are busy or none is ready', () => {
    expect(chooseInstance([instance('ready', 4), instance('unresponsive', 0)], 4, anywhere)).toBe(null);
    expect(chooseInstance([], 4, anywhere)).toBe(null);
  });

  test('the one to avoid takes it only where no other is ready', () => {
    const [a, b] = [instance('ready', 0), instance('ready', 3)];
    expect(chooseInstance([a, b], 4, { ranking: undefined, avoid: a })).toBe(b);
    expect(chooseInstance([a, instance('ready', 4)], 4, { ranking: undefined, avoid: a })).toBe(null);
    expect(chooseInstance([a, instance('backoff', 0)], 4, { ranking: undefined, avoid: a })).toBe(a);
  });
});

describe('with a key', () => {
  test('the preferred one takes the call, or it waits for it', () => {
    const [a, b] = [instance('ready', 0), instance('ready', 3)];
    expect(chooseInstance([a, b], 4, { ranking: [1, 0], avoid: undefined })).toBe(b);
    expect(chooseInstance([a, instance('ready', 4)], 4, { ranking: [1, 0], avoid: undefined })).toBe(null);
  });

  test('the next one takes it while the preferred one is out of service', () => {
    const a = instance('ready', 0);
    expect(chooseInstance([a, instance('backoff', 0)], 4, { ranking: [1, 0], avoid: undefined })).toBe(a);
  });

  test('every key ranks every place once, always the same way', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 16 }), (key, places) => {
        const ranking = rankPlaces(key, places);
        expect(ranking.toSorted((a, b) => a - b)).toEqual(Array.from({ length: places }, (_, place) => place));
        expect(rankPlaces(key, places)).toEqual(ranking);
      }),
    );
  });

  test('keys spread evenly, also those that alike keys would move to', () => {
    const keys = Array.from({ length: 4_000 }, (_, number) => `user-${number}`);
    const rankings = keys.map((key) => rankPlaces(key, 4));
    for (const place of [0, 1, 2, 3]) {
      expect(rankings.filter(([first]) => first === place).length).toBeGreaterThan(900);
      expect(rankings.filter(([first, second]) => first !== place && second === place).length).toBeGreaterThan(900);
    }
  });
});

function instance(state: Routable['state'], inFlight: number): Routable {
  return { state, inFlight, isLate: false };
}
