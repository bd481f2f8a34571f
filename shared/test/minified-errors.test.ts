import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { expect, onTestFinished, test } from 'vitest';

const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

/** Prints one error of each class, as a program does that logs it. */
const program = `
import { inspect } from 'node:util';
import { LinkError, UnserializableError } from ${source('shared/src/link-error.ts')};
import { ReplyError } from ${source('shared/src/link/reply.ts')};
import { ContractError } from ${source('shared/src/contract/errors.ts')};
import { TooLongBodyError } from ${source('shared/src/envelope/errors.ts')};
import { SidecarCrashedError } from ${source('app/src/host/crash-report.ts')};
const errors = [
  new LinkError('CODE', 'said'),
  new ReplyError('peer', { id: 'x', success: false, message: 'said' }),
  new ContractError('CODE', 'said', []),
  new SidecarCrashedError({ instance: 'files-1', exit: null, stderr: [] }),
  new UnserializableError('', 'a function'),
  new TooLongBodyError(),
];
for (const error of errors) console.log(inspect(error).split(/:/)[0]);
`;

test('an error is printed under the name of its class, in a minified build too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-minified-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [input, file] = [join(folder, 'program.mjs'), join(folder, 'minified.mjs')];
  await writeFile(input, program);
  const alias = { 'ipc-link': fileURLToPath(new URL('../src/index.ts', import.meta.url)) };
  const bundle = await rolldown({ input, platform: 'node', external: /^node-ipc/, resolve: { alias } });
  await bundle.write({ file, format: 'esm', minify: true });
  await bundle.close();
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  expect(stdout.trim().split('\n')).toEqual([
    'LinkError',
    'ReplyError',
    'ContractError',
    'SidecarCrashedError',
    'LinkError',
    'LinkError',
  ]);
});
