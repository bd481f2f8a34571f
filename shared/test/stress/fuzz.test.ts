import { expect, test } from 'vitest';
import { runStress } from './run-stress.ts';

test('a good client keeps getting its replies while others send what hurts: all known cases, and some that a seed decides', async () => {
  const { code, output } = await runStress('fuzz', ['--seed', '1', '--cases', '160']);
  expect(output).not.toContain('FOUND');
  expect(output).toContain('160 cases');
  expect(code).toBe(0);
}, 120_000);
