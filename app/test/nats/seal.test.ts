import { randomBytes } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { Offers } from '../../src/nats/agent-offers.ts';
import { createAgreementKeys, groupKey, launchKey, open, seal } from '../../src/nats/seal.ts';

const secret = randomBytes(32);
const group = groupKey(secret, 'render');

afterEach(() => void vi.useRealTimers());

test('opens what was sealed with the same key for the same purpose, and nothing else', () => {
  const sealed = seal(group, 'find', { entry: 'render' });
  expect(open(group, 'find', sealed)).toStrictEqual({ entry: 'render' });
  expect(open(group, 'launch', sealed)).toBeUndefined();
  expect(open(groupKey(secret, 'another'), 'find', sealed)).toBeUndefined();
  expect(open(groupKey(randomBytes(32), 'render'), 'find', sealed)).toBeUndefined();
  for (const index of sealed.keys()) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(open(group, 'find', changed)).toBeUndefined();
    expect(open(group, 'find', sealed.subarray(0, index))).toBeUndefined();
  }
});

test('says nothing of what is in it, not even that it is the same again', () => {
  const [one, two] = [seal(group, 'find', 'render'), seal(group, 'find', 'render')];
  expect(Buffer.from(one).includes('render')).toBe(false);
  expect(Buffer.from(one).equals(two)).toBe(false);
});

test('both sides of a launch find one key, which takes the group and both of their own keys', () => {
  const [agent, app, other] = [createAgreementKeys(), createAgreementKeys(), createAgreementKeys()];
  const said = ['offer', agent.publicKey, app.publicKey];
  const key = launchKey(group, { keys: app, theirs: agent.publicKey, said });
  expect(launchKey(group, { keys: agent, theirs: app.publicKey, said })).toStrictEqual(key);
  const others = [
    launchKey(group, { keys: other, theirs: agent.publicKey, said }),
    launchKey(group, { keys: app, theirs: agent.publicKey, said: ['another offer', agent.publicKey, app.publicKey] }),
    launchKey(groupKey(secret, 'another'), { keys: app, theirs: agent.publicKey, said }),
  ];
  for (const each of others) expect(each).not.toStrictEqual(key);
});

test.each(['', 'AAAA', Buffer.alloc(32).toString('base64url')])('%j is no public key', (theirs) => {
  expect(launchKey(group, { keys: createAgreementKeys(), theirs, said: [] })).toBeNull();
});

test('an offer holds for 5 s, and for each launch once', () => {
  vi.useFakeTimers();
  const offers = new Offers();
  const { offer, key } = offers.make();
  const [first, second] = [createAgreementKeys(), createAgreementKeys()];
  const taken = offers.take(group, { offer, key: first.publicKey, sealed: '' });
  const said = [offer, key, first.publicKey];
  expect(taken).toStrictEqual(launchKey(group, { keys: first, theirs: key, said }));
  expect(offers.take(group, { offer, key: first.publicKey, sealed: '' })).toBeNull();
  expect(offers.take(group, { offer: 'unknown', key: second.publicKey, sealed: '' })).toBeNull();
  expect(offers.take(group, { offer, key: second.publicKey, sealed: '' })).not.toBeNull();
  vi.advanceTimersByTime(5_000);
  expect(offers.take(group, { offer, key: createAgreementKeys().publicKey, sealed: '' })).toBeNull();
});

test('of more than 1,024 offers the newest are kept', () => {
  vi.useFakeTimers();
  const offers = new Offers();
  const made = Array.from({ length: 1_025 }, () => offers.make().offer);
  const take = (offer = ''): unknown => offers.take(group, { offer, key: createAgreementKeys().publicKey, sealed: '' });
  expect([take(made[0]), take(made[1]) === null, take(made.at(-1)) === null]).toStrictEqual([null, false, false]);
});
