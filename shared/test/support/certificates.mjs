// Certificates for one run, made by the system's openssl: none is kept, and none can be used elsewhere.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export function createAuthority(folder) {
  const files = filesOf(folder, 'authority');
  run([...NEW_KEY, ...outputs(files), '-days', '2', '-subj', '/CN=Authority of a test']);
  const cert = readFileSync(files.cert, 'utf8');
  return {
    cert,
    issue(name, { names = 'IP:127.0.0.1,DNS:localhost' } = {}) {
      const own = filesOf(folder, name);
      const signed = ['-CA', files.cert, '-CAkey', files.key, '-addext', 'basicConstraints=critical,CA:FALSE'];
      run([
        ...[...NEW_KEY, ...outputs(own), ...signed],
        ...['-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`],
      ]);
      return { ca: cert, cert: readFileSync(own.cert, 'utf8'), key: readFileSync(own.key, 'utf8') };
    },
  };
}

function filesOf(folder, name) {
  return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
}

function outputs({ cert, key }) {
  return ['-out', cert, '-keyout', key];
}

function run(args) {
  execFileSync('openssl', ['req', '-x509', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}
