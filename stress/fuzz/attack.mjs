import { once } from 'node:events';
import { createServer } from 'node:net';
import { pause, within } from '../process/deadline.mjs';
import { Kind } from '../wire/frame.mjs';
import { RawConnection, shakeHands, welcomeDialer } from '../wire/raw-connection.mjs';
import { PATIENCE_MS, SECRET } from './limits.mjs';

/** @typedef {import('../types.d.ts').Case} Case */

/** How long an attacker waits before it disconnects, where the case expects no goodbye. */
const WAIT_MS = 2_500;

let serial = 0;

/**
 * Carries out one case.
 *
 * @param {Case} attack
 * @param {{ path: string, folder: string, ask: (question: string, input: unknown) => Promise<unknown> }} target
 * @returns {Promise<string>} The code of the target's goodbye, 'bye' for a goodbye without a code, 'none' without a goodbye.
 * @throws When the target did not behave as the case expects.
 */
export async function runAttack(attack, target) {
  const isDialed = attack.stage === 'answering' || attack.stage === 'answered';
  return isDialed ? beDialed(attack, target) : dial(attack, target.path);
}

/** @param {Case} attack @param {string} path */
async function dial(attack, path) {
  const connection = await RawConnection.open(path);
  if (!attack.reads) connection.pause();
  if (attack.stage !== 'bytes') await greet(connection, attack);
  await assail(connection, attack);
  return judge(connection, attack);
}

/** @param {RawConnection} connection @param {Case} attack */
async function greet(connection, { stage, target, knowsSecret = false, said, reads }) {
  connection.resume();
  await shakeHands(connection, {
    name: `attacker-${process.pid}-${serial++}`,
    secret: target === 'locked' && knowsSecret ? SECRET : null,
    ...(said === undefined ? {} : { hello: said }),
    isConfirmed: stage === 'established',
  });
  if (!reads) connection.pause();
}

/** The target connects to the attacker and sends it a request, which must fail. @param {Case} attack @param {{ folder: string, ask: (question: string, input: unknown) => Promise<unknown> }} target */
async function beDialed(attack, { folder, ask }) {
  const name = `listener-${process.pid}-${serial++}`;
  const server = createServer();
  server.listen(`${folder}${name}`);
  await once(server, 'listening');
  /** @type {Promise<PromiseSettledResult<string>[]>[]} */
  const verdicts = [];
  server.on('connection', (socket) => {
    verdicts.push(Promise.allSettled([answerDialer(new RawConnection(socket), name, attack)]));
  });
  try {
    const outcome = await within(ask('dial', name), PATIENCE_MS, 'The end of a request to the attacker');
    if (!isSettlement(outcome)) throw new Error(`A request to the attacker ended in ${String(outcome)}.`);
    const results = (await Promise.all(verdicts)).flat();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const [first] = results;
    return first?.status === 'fulfilled' ? first.value : 'none';
  } finally {
    server.close();
  }
}

/** @param {RawConnection} connection @param {string} name @param {Case} attack */
async function answerDialer(connection, name, attack) {
  const { stage, target, knowsSecret = false, said } = attack;
  const secret = target === 'locked' && knowsSecret ? SECRET : null;
  if (stage === 'answered')
    await welcomeDialer(connection, { name, secret, ...(said === undefined ? {} : { welcome: said }) });
  else await connection.take();
  if (!attack.reads) connection.pause();
  await assail(connection, attack);
  return judge(connection, attack);
}

/** @param {unknown} outcome */
function isSettlement(outcome) {
  return typeof outcome === 'string' && (outcome === 'reply' || outcome.startsWith('ERR_LINK_'));
}

/** @param {RawConnection} connection @param {Case} attack */
async function assail(connection, { chunks, finish, goodbye }) {
  for (const chunk of chunks) {
    if (connection.isClosed) break;
    connection.write(toBytes(chunk));
    // Sent in different turns of the event loop, so that chunks mostly arrive separately.
    // oxlint-disable-next-line no-await-in-loop -- as above
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (finish === 'wait') {
    // An attacker that expects a goodbye must not disconnect first, however long the target is busy with other attackers.
    const isTold = goodbye !== undefined && goodbye !== 'none';
    if (isTold) await within(connection.closed, PATIENCE_MS, 'The end of the connection');
    else await Promise.race([connection.closed, pause(WAIT_MS)]);
  }
  if (finish === 'destroy') connection.destroy();
  else connection.end();
}

/** @param {RawConnection} connection @param {Case} attack */
async function judge(connection, { goodbye }) {
  connection.resume();
  await within(connection.closed, PATIENCE_MS, 'The end of the connection');
  checkFrames(connection);
  const code = readGoodbye(connection);
  if (goodbye !== undefined && code !== goodbye) throw new Error(`The goodbye said ${code} instead of ${goodbye}.`);
  return code;
}

/** @param {RawConnection} connection */
function checkFrames({ frames, goodbye }) {
  const strange = frames.find(({ kind }) => kind < Kind.hello || kind > Kind.goodbye);
  if (strange !== undefined) throw new Error(`The target sent a frame of kind ${strange.kind}.`);
  if (goodbye !== null && frames.at(-1) !== goodbye) throw new Error('The target went on after its goodbye.');
}

/** @param {RawConnection} connection */
function readGoodbye({ goodbye }) {
  if (goodbye === null) return 'none';
  const { code, message } = JSON.parse(goodbye.body.toString());
  if (code === undefined) return 'bye';
  if (!/^ERR_LINK_[A-Z_]+$/.test(code) || typeof message !== 'string')
    throw new Error(`A goodbye said ${goodbye.body.toString()}.`);
  return String(code);
}

/** @param {import('../types.d.ts').Chunk} chunk */
export function toBytes(chunk) {
  return Buffer.from(typeof chunk === 'string' ? chunk : chunk.repeat.repeat(chunk.times), 'hex');
}
