/** The runtime that this process is. Bun and Deno have a `process` that looks like Node's. */
export function nameRuntime() {
  if ('bun' in process.versions) return 'bun';
  return 'deno' in process.versions ? 'deno' : 'node';
}
