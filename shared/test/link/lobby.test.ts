import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LinkError } from '../../src/link-error.ts';
import type { Stage } from '../../src/link/greet.ts';
import { type Guest, Lobby } from '../../src/link/lobby.ts';

let now = 0;
let lobby: Lobby;

beforeEach(() => {
  now = 0;
  lobby = new Lobby(3, { now: () => now, setTimeout });
});

/** Stands for a greeting: goes where it is led, and remembers why it was sent away. */
class Visitor implements Guest {
  stage: Stage = 'silent';
  dismissal: LinkError | null = null;

  static enter(count: number, stage: Stage = 'silent'): Visitor[] {
    return Array.from({ length: count }, () => new Visitor().reach(stage));
  }

  reach(stage: Stage): this {
    this.stage = stage;
    lobby.place(this);
    return this;
  }

  giveUp(): void {
    this.reach('leaving');
  }

  dismiss(error: LinkError): void {
    this.dismissal = error;
    this.reach('done');
  }
}

describe('a room that is too full', () => {
  test('loses its oldest, and nobody else', async () => {
    const visitors = Visitor.enter(3);
    await setImmediate();
    visitors.push(...Visitor.enter(2));
    await setImmediate();
    expect(visitors.map(({ dismissal }) => dismissal !== null)).toStrictEqual([true, true, false, false, false]);
    expect(visitors[0]?.dismissal).toMatchObject({ code: 'ERR_LINK_HANDSHAKE' });
  });

  test('is cleared in the end, however many came at once', async () => {
    const visitors = Visitor.enter(50);
    await setImmediate();
    expect(visitors.filter(({ dismissal }) => dismissal !== null)).toHaveLength(0);
    await setImmediate();
    expect(visitors.map(({ dismissal }) => dismissal === null)).toStrictEqual([
      ...Array.from({ length: 47 }, () => false),
      ...Array.from({ length: 3 }, () => true),
    ]);
  });

  test('leaves everybody the turn in which what they have sent is read', async () => {
    const [honest] = Visitor.enter(1);
    Visitor.enter(50);
    await setImmediate();
    // Here its hello is read.
    honest?.reach('introduced');
    await setImmediate();
    await setImmediate();
    expect(honest?.dismissal).toBe(null);
  });
});

test.each([
  ['silent', 'introduced'],
  ['silent', 'leaving'],
  ['introduced', 'silent'],
  ['introduced', 'leaving'],
  ['leaving', 'silent'],
  ['leaving', 'introduced'],
] as const)('those who are %s keep out nobody who is %s', async (many, few) => {
  const others = Visitor.enter(3, few);
  await setImmediate();
  Visitor.enter(50, many);
  for (let turn = 0; turn < 5; turn++) await setImmediate();
  expect(others.map(({ dismissal }) => dismissal)).toStrictEqual([null, null, null]);
  expect(lobby.guests).toHaveLength(6);
});

test('a crowd is one error, and the next crowd another', async () => {
  const visitors: Visitor[] = [];
  const crowd = async (): Promise<number> => {
    visitors.push(...Visitor.enter(20));
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    return new Set(visitors.flatMap(({ dismissal }) => dismissal ?? [])).size;
  };
  expect(await crowd()).toBe(1);
  now += 900;
  expect(await crowd()).toBe(1);
  now += 1_100;
  expect(await crowd()).toBe(2);
});

test('who is through is no guest any more', () => {
  const [visitor] = Visitor.enter(1);
  visitor?.reach('done');
  expect(lobby.guests).toStrictEqual([]);
});
