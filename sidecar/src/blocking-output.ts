/** What Node writes a pipe with, inside; Node itself does this with its pipes on Windows. */
interface PipeHandle {
  setBlocking(isBlocking: boolean): void;
}

/**
 * Makes writing to stdout and stderr wait for the host to read, as most runtimes do. Node would keep what a full pipe doesn't
 * take: a handler that prints in a loop would fill the memory, and lose what is left when its process exits.
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
