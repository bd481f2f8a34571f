// Finds a Python that has the modules of the tests and examples, and installs Debian's packages of them where none has.
import { spawnSync } from 'node:child_process';
import { installArguments, installPackages } from '../shared/test/support/debian-packages.mjs';

/** Each module with the Debian package that has it. */
const packages = {
  msgpack: 'python3-msgpack',
  numpy: 'python3-numpy',
  pydantic: 'python3-pydantic',
  pytest: 'python3-pytest',
  mypy: 'mypy',
  pip: 'python3-pip',
  setuptools: 'python3-setuptools',
  wheel: 'python3-wheel',
};
const SYSTEM_PYTHON = '/usr/bin/python3';
const check = `import importlib.util, sys
print(*(name for name in sys.argv[1:] if importlib.util.find_spec(name) is None))`;

/**
 * The first Python that has all modules: of IPC_LINK_PYTHON, `python3` of PATH, and the system's. If none has, the packages are installed
 * for the system's, as root on Debian or Ubuntu.
 *
 * @returns {string} Its path or name.
 * @throws Error that says in one line what is missing and how to get it.
 */
export function findPython() {
  const candidates = [process.env['IPC_LINK_PYTHON'], 'python3', SYSTEM_PYTHON].filter((name) => name !== undefined);
  const found = candidates.find((python) => findMissing(python)?.length === 0);
  if (found !== undefined) return found;
  const failure = installPackages(wanted);
  const missing = findMissing(SYSTEM_PYTHON);
  if (missing?.length === 0) return SYSTEM_PYTHON;
  const what = missing === null ? 'is missing' : `lacks ${missing.join(', ')}`;
  throw new Error(`${SYSTEM_PYTHON} ${what}: run 'sudo ${installCommand}'.${failure && ` (${failure})`}`);
}

const wanted = ['python3', ...Object.values(packages)];
const installCommand = `apt-get ${installArguments(wanted).join(' ')}`;

/** @returns {readonly string[] | null} The modules that a Python lacks; null if there is no such Python. */
function findMissing(python) {
  const { status, stdout } = spawnSync(python, ['-c', check, ...Object.keys(packages)], { encoding: 'utf8' });
  return status === 0 ? stdout.split(/\s+/).filter((name) => name !== '') : null;
}
