import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { Server } from 'ipc-link';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { openBareEcho } from './bare-socket.ts';
import { type Echo, type Figures, measureBytes, measureInFlight, measureRoundTrip, type Span } from './measure.ts';

/** Each figure is measured so often, in turns, so that both have the same luck with what else the machine does. */
const TURNS = 3;

/** Something of the link, and the same of the bare socket. */
export interface Pair<Value> {
  readonly link: Value;
  readonly bare: Value;
}

/** Measures the link and a bare socket to another process. @param forMs How long for each of the six figures. */
export async function compare(forMs: number, signal: AbortSignal): Promise<Pair<Figures>> {
  const folder = (await mkdtemp(join(tmpdir(), 'ipc-link-bench-'))) + sep;
  const child = fork(join(import.meta.dirname, 'echo-process.js'), [folder]);
  try {
    await untilReady(child);
    return await measureBoth(folder, { forMs: forMs / TURNS, signal });
  } finally {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new CliError(ExitCode.failed, 'The process at the other end could not be started.');
  });
  // It ends after the measurements too.
  ended.catch(() => {});
  await Promise.race([once(child, 'message'), ended]);
}

async function measureBoth(folder: string, span: Span): Promise<Pair<Figures>> {
  await using server = new Server('bench', { socketRoot: folder, appspace: '', autoStart: false });
  const socket = connect(`${folder}bare`);
  try {
    await Promise.all([server.connectTo('echo'), once(socket, 'connect')]);
    const echoes = {
      link: (value: unknown) => server.send('echo', value, { task: 'echo' }),
      bare: openBareEcho(socket),
    };
    // Until the code that is measured has been compiled.
    await takeTurns(measureInFlight, echoes, span);
    const roundTrips = await takeTurns(measureRoundTrip, echoes, span);
    const rates = await takeTurns(measureInFlight, echoes, span);
    const bytes = await takeTurns(measureBytes, echoes, span);
    const figuresOf = (side: keyof Pair<unknown>): Figures => ({
      roundTripMs: Math.min(...roundTrips[side]),
      perSecond: Math.max(...rates[side]),
      bytesPerSecond: Math.max(...bytes[side]),
    });
    return { link: figuresOf('link'), bare: figuresOf('bare') };
  } finally {
    socket.destroy();
  }
}

async function takeTurns(
  measure: (echo: Echo, span: Span) => Promise<number>,
  echoes: Pair<Echo>,
  span: Span,
): Promise<Pair<number[]>> {
  const taken: Pair<number[]> = { link: [], bare: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    taken.link.push(await measure(echoes.link, span));
    taken.bare.push(await measure(echoes.bare, span));
  }
  return taken;
}
