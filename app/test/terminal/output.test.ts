import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Output, ReaderGone } from '../../src/terminal/output.ts';

test('however slow the reader is, no listener is left over', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const output = new Output(stream);
  const before = stream.listenerCount('drain') + stream.listenerCount('error') + stream.listenerCount('close');
  for (let round = 0; round < 30; round += 1) {
    const written = output.write('some text');
    stream.read();
    await written;
  }
  const after = stream.listenerCount('drain') + stream.listenerCount('error') + stream.listenerCount('close');
  expect(after).toBe(before);
});

test('a reader that has gone is told from an error', async () => {
  const gone = new PassThrough();
  const output = new Output(gone);
  gone.destroy();
  await expect(output.write('x')).rejects.toBeInstanceOf(ReaderGone);
  const full = new PassThrough({ highWaterMark: 1 });
  const failing = new Output(full);
  const written = failing.write('xx');
  full.emit('error', Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  await expect(written).rejects.toMatchObject({ code: 'ENOSPC' });
});
