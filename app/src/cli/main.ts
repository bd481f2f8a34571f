#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { watchInterruptions } from '../launch/process/interruption.ts';
import { Output } from '../terminal/output.ts';
import { runProgram } from './program.ts';
import { paintFor } from './text/paint.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const { interrupt } = watchInterruptions();
const readerGone = new AbortController();
// A command that has nothing to write for a while hears of it here.
process.stdout.on('error', () => readerGone.abort());

const err = new Output(process.stderr);

const context = {
  out: new Output(process.stdout),
  err,
  tell: (text: string) => void err.write(text).catch(() => {}),
  paint: paintFor(process.stdout),
  interrupt: AbortSignal.any([interrupt, readerGone.signal]),
};
// Connections and timers that a command leaves behind need not be waited for.
process.exit(await runProgram(process.argv.slice(2), context, version));
