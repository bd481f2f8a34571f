import { expect, test } from 'vitest';
import { code } from '../../../shared/test/support/code.ts';
import { chooseCandidate, Placement } from '../../src/nats/placement.ts';
import type { Offer } from '../../src/nats/wire.ts';

function offer(agent: string, given: Partial<Offer> = {}): Offer {
  const status = { running: 0, max: 4, load: 0, entries: ['render'], isLeaving: false };
  return { agent, offer: `offer of ${agent}`, key: 'key', ...status, ...given };
}

function choose(...offers: readonly Offer[]): string | undefined {
  return chooseCandidate(offers.map((each) => ({ offer: each, taken: 0 })))?.offer.agent;
}

test.each<[string, string | undefined, readonly Offer[]]>([
  ['the one with more free slots', 'b', [offer('a', { running: 3 }), offer('b', { running: 1 })]],
  ['the share of free slots, not their number', 'b', [offer('a', { running: 8, max: 10 }), offer('b', { max: 1 })]],
  ['the one whose processors are less busy', 'b', [offer('a', { load: 0.9 }), offer('b', { load: 0.1 })]],
  ['a busier one with more room', 'a', [offer('a', { load: 0.3 }), offer('b', { running: 2 })]],
  ['none that is full', 'b', [offer('a', { running: 4 }), offer('b', { running: 3, load: 1 })]],
  ['none at all', undefined, [offer('a', { running: 4 })]],
])('chooses %s', (_what, expected, offers) => {
  expect(choose(...offers)).toBe(expected);
});

test('launches at the same time share the answers, and spread over the slots', async () => {
  let asked = 0;
  const ask = async (): Promise<Offer[]> => {
    asked++;
    return [offer('a', { running: 2 }), offer('b')];
  };
  const placement = new Placement({ group: 'tests', entry: 'render', ask });
  const { signal } = new AbortController();
  const taken = await Promise.all(Array.from({ length: 6 }, () => placement.take(signal, new Set())));
  expect(taken.map(({ agent }) => agent).toSorted()).toStrictEqual(['a', 'a', 'b', 'b', 'b', 'b']);
  expect(asked).toBe(1);
});

test('a launch goes on asking until there is room that has not refused it, or nobody wants it any more', async () => {
  const answers = [[], [offer('a')], [offer('a'), offer('b')]];
  const placement = new Placement({ group: 'tests', entry: 'render', ask: async () => answers.shift() ?? [] });
  const controller = new AbortController();
  const refused = new Set(['offer of a']);
  expect(await placement.take(controller.signal, refused)).toMatchObject({ agent: 'b' });
  const waiting = placement.take(controller.signal, refused);
  controller.abort();
  await expect(waiting).rejects.toEqual(code('ERR_SIDECAR_LAUNCH'));
});
