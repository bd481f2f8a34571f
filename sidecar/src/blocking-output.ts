/** Node's internal handle of a pipe. Node itself calls this method for its pipes on Windows. */
interface PipeHandle {
  setBlocking(isBlocking: boolean): void;
}

/**
 * Makes writes to stdout and stderr wait until the host reads, as most runtimes do. Node would keep in memory what a full pipe
 * doesn't take. Then a handler that prints in a loop would fill the memory, and the rest would be lost when the process exits.
 */
export function blockOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const handle: unknown = Reflect.get(stream, '_handle');
    if (isPipeHandle(handle)) handle.setBlocking(true);
  }
}

function isPipeHandle(value: unknown): value is PipeHandle {
  return (
    typeof value === 'object' && value !== null && 'setBlocking' in value && typeof value.setBlocking === 'function'
  );
}
