import { LinkError } from 'ipc-link';
import { expect, test } from 'vitest';
import { missingEntryError } from '../../src/host/errors.ts';
import { isPermanent, startOrExplain } from '../../src/host/launch-failure.ts';

/** What a launcher rejects with when the system says this. */
function failureOf(what: string, code: string): unknown {
  try {
    return startOrExplain(what, () => {
      throw Object.assign(new Error(`spawn ${code}`), { code });
    });
  } catch (error) {
    return error;
  }
}

test('a batch file is explained: Windows refuses it with a bare EINVAL', () => {
  const advised = ['C:\\tools\\run.cmd', 'run.BAT', 'run.cmd ', 'run.bat.'];
  for (const command of advised)
    expect(failureOf(command, 'EINVAL')).toMatchObject({
      code: 'ERR_SIDECAR_LAUNCH',
      message: `${command} could not be started: spawn EINVAL. A .bat or .cmd file needs a shell, and sidecars run without one: set 'command' to the program that the file starts, such as process.execPath with the script in 'args'.`,
      cause: { code: 'EINVAL' },
    });
  expect(failureOf('run.exe', 'EINVAL')).toMatchObject({ message: 'run.exe could not be started: spawn EINVAL.' });
});

test.each(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'E2BIG', 'EINVAL', 'ENOEXEC', 'EFTYPE', 'ENAMETOOLONG'])(
  '%s would come again, so there is no second try',
  (code) => expect(isPermanent(failureOf('sidecar', code))).toBe(true),
);

test.each(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'ETXTBSY'])('%s may pass', (code) =>
  expect(isPermanent(failureOf('sidecar', code))).toBe(false),
);

test('an entry that is missing would be missing again; a crash would not come again for certain', () => {
  expect(isPermanent(missingEntryError('files', 'forkLauncher'))).toBe(true);
  expect(isPermanent(new LinkError('ERR_SIDECAR_LAUNCH', '', { cause: new Error('it ended') }))).toBe(false);
});
