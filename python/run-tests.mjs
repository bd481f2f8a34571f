// `npm run python`: the tests of the Python package, by pytest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython } from './interpreter.mjs';

try {
  const python = findPython();
  const report = join(import.meta.dirname, '../test-results/python.xml');
  const args = ['-B', '-m', 'pytest', '-q', `--junit-xml=${report}`, ...process.argv.slice(2)];
  const { status } = spawnSync(python, args, { cwd: import.meta.dirname, stdio: ['ignore', 'inherit', 'inherit'] });
  process.exitCode = status ?? 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
