import type { ThumbnailItem } from '#contracts/files';
import { describe, expect, test, vi } from 'vitest';
import type { FilesClient, ThumbnailsRequest } from '../../../src/renderer/src/api.ts';
import { ByteCache } from '../../../src/renderer/src/thumbnails/byte-cache.ts';
import { cellAfterKey } from '../../../src/renderer/src/thumbnails/grid-navigation.ts';
import { ThumbnailLog } from '../../../src/renderer/src/thumbnails/thumbnail-log.ts';
import { type ThumbnailAnswer, ThumbnailSource } from '../../../src/renderer/src/thumbnails/thumbnail-source.ts';
import { madeBy, type ThumbnailsRunState } from '../../../src/renderer/src/thumbnails/thumbnails-run.ts';
import { createThumbnailsTask } from '../../../src/renderer/src/thumbnails/thumbnails-task.ts';
import {
  describeMade,
  describeSize,
  summarizeThumbnails,
  thumbnailsFraction,
  thumbnailsStatus,
  thumbnailsTitle,
} from '../../../src/renderer/src/thumbnails/thumbnails-text.ts';

const input: ThumbnailsRequest = { root: '/home/ada/photos', size: 256, recursive: true, sort: 'path' };
type Asked = Parameters<FilesClient['thumbnails']>[0];

function thumbnail(path: string, bytes: Uint8Array = Uint8Array.of(1, 2, 3)): ThumbnailItem {
  return { type: 'thumbnail', path, bytes, width: 4, height: 3, imageWidth: 4_000, imageHeight: 3_000 };
}

const refusal = (path: string): ThumbnailItem => ({ type: 'refusal', path, code: 'ECORRUPT', reason: 'it is damaged' });

function clientOf(answer: (asked: Asked, signal?: AbortSignal) => AsyncIterable<ThumbnailItem>): FilesClient {
  const unused = () => expect.fail('only thumbnails may be called');
  return {
    manifest: unused,
    verify: unused,
    search: unused,
    thumbnails: (asked, { signal }) => answer(asked, signal),
  };
}

function logOf(items: readonly ThumbnailItem[], limit?: number): ThumbnailLog {
  const log = new ThumbnailLog(limit);
  for (const item of items) log.add(item);
  return log;
}

describe('ByteCache', () => {
  test('keeps no more than its limit: what nobody asked for only where there is room, the rest in place of the oldest', () => {
    const cache = new ByteCache(10);
    for (const row of [0, 1, 2, 3]) cache.offer(row, new Uint8Array(4));
    expect([0, 1, 2, 3].filter((row) => cache.get(row))).toEqual([0, 1]);
    expect(cache.get(0)).toHaveLength(4);
    cache.put(7, new Uint8Array(5));
    expect([0, 1, 7].filter((row) => cache.get(row))).toEqual([0, 7]);
    expect(cache.size).toBe(9);
    cache.put(7, new Uint8Array(2));
    expect(cache.size).toBe(6);
    cache.put(8, new Uint8Array(11));
    expect(cache.size).toBe(0);
  });
});

describe('ThumbnailLog', () => {
  test('counts what came, and copies bytes out of the message that they are a part of', () => {
    const message = new Uint8Array(1_000);
    const log = logOf([thumbnail('a', message.subarray(10, 13)), refusal('b'), thumbnail('c')]);
    expect(log.tally()).toMatchObject({ rows: 2, refused: 1, found: 3, listed: false });
    expect(log.kept.get(0)?.buffer.byteLength).toBe(3);
    log.add({ type: 'progress', found: 9, done: 2, refused: 1, listed: true });
    expect(log.tally()).toMatchObject({ found: 9, listed: true });
    expect(thumbnailsFraction(log.tally())).toBeCloseTo(1 / 3);
    expect(describeMade(log.tally())).toBe('3 of 9 images');
    expect(log.at(1)).toEqual({ path: 'c', imageWidth: 4_000, imageHeight: 3_000 });
  });
});

describe('ThumbnailSource', () => {
  const many = Array.from({ length: 30 }, (_, index) => thumbnail(`${index}.png`));

  test('gives kept thumbnails at once, and asks for the others in small calls, the newest wishes first', async () => {
    const asked: Asked[] = [];
    const log = logOf(many, 9);
    const source = new ThumbnailSource(
      clientOf(async function* (what) {
        asked.push(what);
        for (const path of what.images ?? []) yield thumbnail(String(path), Uint8Array.of(7));
      }),
      input,
      log,
    );
    const answers = new Map<number, ThumbnailAnswer>();
    for (let row = 0; row < 30; row += 1) source.want(row, (answer) => answers.set(row, answer));
    expect([...answers.keys()]).toEqual([0, 1, 2]);
    await vi.waitFor(() => expect(answers.size).toBe(30));
    expect(answers.get(29)).toEqual({ bytes: Uint8Array.of(7) });
    expect(asked.map(({ images = [] }) => images.length)).toEqual([12, 12, 3]);
    expect(asked[0]).toMatchObject({ root: input.root, size: 256, sort: 'none' });
    expect(asked[0]?.images).toContain('29.png');
    expect(log.kept.size).toBeLessThanOrEqual(9);
  });

  test('asks for nothing that was scrolled away, and says why a thumbnail can not be made any more', async () => {
    const asked: (string | Uint8Array)[] = [];
    const source = new ThumbnailSource(
      clientOf(async function* ({ images = [] }) {
        asked.push(...images);
        for (const path of images) if (path === '1.png') yield refusal('1.png');
        if (images.includes('3.png')) throw new Error('The sidecar crashed.');
      }),
      input,
      logOf(many, 0),
    );
    const answers: unknown[] = [];
    source.want(0, () => expect.fail('it was withdrawn'))();
    for (const row of [1, 2]) source.want(row, (answer) => answers.push(answer));
    await vi.waitFor(() =>
      expect(answers).toEqual([{ problem: 'it is damaged' }, { problem: 'it was not found again' }]),
    );
    expect(asked).toEqual(['1.png', '2.png']);
    source.want(3, (answer) => answers.push(answer));
    await vi.waitFor(() => expect(answers[2]).toEqual({ problem: 'The sidecar crashed.' }));
  });

  test('makes a larger view of one image, by its bytes where its name is not text', async () => {
    const pathBytes = Uint8Array.of(0xff);
    const log = logOf([{ ...thumbnail('\uFFFD'), pathBytes } as ThumbnailItem, thumbnail('b')]);
    const source = new ThumbnailSource(
      clientOf(async function* ({ images = [], size }) {
        expect(size).toBe(1_600);
        yield images[0] === pathBytes ? thumbnail('\uFFFD', new Uint8Array(size)) : refusal('b');
      }),
      input,
      log,
    );
    const options = { size: 1_600, signal: new AbortController().signal };
    const blob = await source.enlarge(0, options);
    expect([blob.size, blob.type]).toEqual([1_600, 'image/webp']);
    await expect(source.enlarge(1, options)).rejects.toThrow('it is damaged');
  });
});

test('arrow keys move within the grid, up and down keep to the column', () => {
  // 0 1 2 3
  // 4 5 6 7
  // 8 9
  const after = (key: string, selected: number | null): number | undefined =>
    cellAfterKey(key, { selected, count: 10, columns: 4, pageRows: 2 });
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => after(key, 5))).toEqual([6, 4, 9, 1]);
  expect(['ArrowRight', 'ArrowDown', 'End', 'PageDown'].map((key) => after(key, 9))).toEqual([9, 9, 9, 9]);
  expect(['ArrowLeft', 'ArrowUp', 'Home', 'PageUp'].map((key) => after(key, 0))).toEqual([0, 0, 0, 0]);
  expect([after('ArrowDown', 7), after('PageDown', 1), after('PageUp', 9), after('PageDown', 3)]).toEqual([9, 9, 1, 9]);
  expect([after('ArrowUp', 2), after('ArrowDown', null), after('x', 1), after('toString', 1)]).toEqual([
    2,
    0,
    undefined,
    undefined,
  ]);
  expect(cellAfterKey('Home', { selected: null, count: 0, columns: 4, pageRows: 2 })).toBeUndefined();
  expect(cellAfterKey('ArrowDown', { selected: 0, count: 3, columns: 1, pageRows: 2 })).toBe(1);
});

describe('the task', () => {
  const context = { signal: new AbortController().signal, startedAt: 0, report: () => {} };

  test('reports every item, and gives the whole log', async () => {
    const reports: number[] = [];
    const items = [
      thumbnail('a'),
      refusal('b'),
      { type: 'end', found: 2, done: 1, refused: 1, durationMs: 5 } as const,
    ];
    const task = createThumbnailsTask(
      clientOf(async function* (asked) {
        expect(asked).toEqual(input);
        yield* items;
      }),
    );
    const made = await task.execute(input, { ...context, report: ({ rows }) => reports.push(rows) });
    expect(reports).toEqual([1, 1, 1]);
    expect(made).toMatchObject({ rows: 1, refused: 1, found: 2, listed: true });
    const state: ThumbnailsRunState = { status: 'done', runId: 1, input, durationMs: 2_000, result: made };
    expect(thumbnailsStatus(state)).toBe('Done: 1 thumbnail, 1 refused after 2.0 s.');
    expect(madeBy(state)).toBe(made);
    expect(thumbnailsTitle(state)).toBeUndefined();
    expect(summarizeThumbnails({ ...made, rows: 1_204, refused: 0 })).toBe('1,204 thumbnails');
    expect(describeSize({ imageWidth: 4_000, imageHeight: 30 })).toBe('4,000 × 30 pixels');
  });

  test('a cancelled run does not look complete', async () => {
    const abort = new AbortController();
    const task = createThumbnailsTask(
      clientOf(async function* () {
        yield thumbnail('a');
        abort.abort();
      }),
    );
    await expect(task.execute(input, { ...context, signal: abort.signal })).rejects.toThrow(/abort/);
    const progress = task.begin(0);
    expect(describeMade(progress)).toBe('0 of 0 images found so far');
    expect(thumbnailsFraction(progress)).toBeUndefined();
    const state: ThumbnailsRunState = { status: 'running', runId: 1, input, startedAt: 0, progress };
    expect([thumbnailsStatus(state), thumbnailsTitle(state)]).toEqual([
      'Making thumbnails of photos…',
      'Thumbnails of photos',
    ]);
  });
});
