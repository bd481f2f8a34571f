import { Buffer } from 'node:buffer';

/** glibc learns from blocks below 32 MiB. There is room for its header, and for rounding up to a page of at most 64 KiB. */
const BLOCK_BYTES = 32 * 1024 * 1024 - 131_072;

let isDone = false;

/**
 * Makes glibc keep memory that was freed for what is allocated next: up to 64 MiB at the end of the heap, and what lies below a
 * block in use. At first it returns blocks of 128 KiB and more to the kernel at once, which clears each page again for the next
 * block. Where a block has been freed, it expects others of its size, and keeps twice as much (mallopt(3), M_MMAP_THRESHOLD). So one block is
 * allocated and dropped. Nobody writes to it: it takes up addresses, and no memory.
 */
export function keepFreedMemory(): void {
  if (isDone) return;
  isDone = true;
  // Electron has an allocator of its own. Other C libraries than glibc learn nothing from the block, which does no harm.
  if (process.platform !== 'linux' || process.versions['electron'] !== undefined) return;
  try {
    // No `new ArrayBuffer`: bundlers leave out one that nobody uses.
    Buffer.allocUnsafeSlow(BLOCK_BYTES);
  } catch {
    // Where there are no addresses left for the block, memory is returned as before.
  }
}
