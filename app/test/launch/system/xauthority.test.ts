import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { writeXauthority } from '../../../src/launch/system/xauthority.ts';
import { makeFolder } from '../support.ts';

test('one cookie for any address and any display number, readable by its owner only', async () => {
  const folder = await makeFolder();
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await writeXauthority(first);
  await writeXauthority(second);

  const bytes = await readFile(first);
  const protocol = Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex');
  const head = Buffer.from(`ffff000000000012${protocol}0010`, 'hex');
  expect(bytes.subarray(0, head.length).equals(head)).toBe(true);
  expect(bytes.length).toBe(head.length + 16);
  expect((await stat(first)).mode & 0o777).toBe(0o600);
  expect(bytes.equals(await readFile(second))).toBe(false);
});
