import { expect, test } from 'vitest';
import { Channel } from '../../src/files/channel.ts';

test('values come in order, and an error after all that was sent before', async () => {
  const channel = new Channel<number>(10);
  await channel.send(1);
  await channel.send(2);
  channel.close({ error: new Error('broken') });
  const reader = channel.read();
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  expect(await reader.next()).toEqual({ done: false, value: 2 });
  await expect(reader.next()).rejects.toThrow('broken');
});

test('whoever sends waits for the reader once there is no room', async () => {
  const channel = new Channel<number>(1);
  await channel.send(1);
  let isThrough = false;
  const second = channel.send(2).then(() => (isThrough = true));
  await Promise.resolve();
  expect(isThrough).toBe(false);
  const reader = channel.read();
  await reader.next();
  await second;
  expect(isThrough).toBe(true);
});

test('of values that replace each other the reader gets the latest', async () => {
  const channel = new Channel<string>(1);
  channel.replace('old');
  channel.replace('new');
  channel.close();
  const values: string[] = [];
  for await (const value of channel.read()) values.push(value);
  expect(values).toEqual(['new']);
});
