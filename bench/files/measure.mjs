import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files } from '../../shared/dist/contracts/files.js';
import { resolveSidecar, SidecarHost } from '../../app/dist/host/index.js';
import { forkLauncher } from '../../app/dist/host/fork.js';
import { createWorks } from './works.mjs';

/**
 * Times of the built-in sidecar's tasks beside the tools that people have, in milliseconds: each round runs all of them,
 * one after the other, so that what disturbs a round disturbs them alike. Files are in the page cache, the sidecar is warm.
 *
 * @param {{ readonly rounds: number, readonly report: (line: string) => void }} options
 * @returns {Promise<readonly import('../types.d.ts').FilesWork[]>}
 */
export async function measureFiles({ rounds, report }) {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-bench-'));
  const entry = resolveSidecar('../../sidecar/dist/entry.js', { from: import.meta.url });
  const host = new SidecarHost({ sidecars: { files: { contract: files, entry, launcher: forkLauncher() } } });
  try {
    await host.start();
    const client = host.client(files);
    const measured = [];
    for (const { title, contenders, share } of createWorks(folder)) {
      report(`files: ${title}`);
      /** @type {{ id: string, title: string, milliseconds: number[] }[]} */
      const times = contenders.map((contender) => ({ id: contender.id, title: contender.title, milliseconds: [] }));
      for (let round = -1; round < Math.max(3, Math.round(rounds * share)); round += 1) {
        for (const [index, contender] of contenders.entries()) {
          const start = performance.now();
          await contender.run(client);
          // The first round only warms up.
          if (round >= 0) times[index]?.milliseconds.push(performance.now() - start);
        }
      }
      measured.push({ title, times });
    }
    return measured;
  } finally {
    await host.stop({ drain: 0 });
    await rm(folder, { recursive: true, force: true });
  }
}
