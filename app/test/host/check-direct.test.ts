import { expect, test } from 'vitest';
import { checkDirect } from '../../src/main/errors.ts';
import { work } from './fixtures/contract.mjs';

const source = (takesPorts: boolean): Parameters<typeof checkDirect>[1] => ({
  takesPorts: () => takesPorts,
  handOverPort: () => Promise.reject(new Error('not asked for')),
});
const direct = { contract: work, operations: ['echo'], direct: true } as const;

test('a contract is served direct where its processes take ports', () => {
  expect(() => checkDirect(direct, source(true))).not.toThrow();
  expect(() => checkDirect({ contract: work, operations: ['echo'] }, source(false))).not.toThrow();
});

test('it is refused where they take none', () => {
  expect(() => checkDirect(direct, source(false))).toThrow(
    expect.objectContaining({ code: 'ERR_SIDECAR_CONFIG', message: expect.stringContaining('utilityLauncher()') }),
  );
});

test('it is refused with authorize, which would never be asked', () => {
  const both: object = { ...direct, authorize: () => {} };
  expect(() => Reflect.apply(checkDirect, undefined, [both, source(true)])).toThrow(TypeError);
});
