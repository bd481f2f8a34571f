import { createRequire } from 'node:module';
import type Sharp from 'sharp';

/** Loads sharp: its native module, but inside Electron on Linux the same library as WebAssembly. */
export async function importSharp(): Promise<{ readonly default: typeof Sharp }> {
  const isElectronOnLinux = process.versions['electron'] !== undefined && process.platform === 'linux';
  return isElectronOnLinux ? { default: requireWithoutNative() } : import('sharp');
}

/**
 * On Linux, Electron has the system's GLib in every process, and the native module brings another version. Calls of one get
 * objects of the other, which prints thousands of errors or ends the process, depending on the system. WebAssembly has a GLib
 * that nothing else sees. sharp takes it by itself where the native module does not load.
 * https://github.com/lovell/sharp/issues/4522
 */
function requireWithoutNative(): typeof Sharp {
  const dlopen: unknown = Reflect.get(process, 'dlopen');
  const before = process.listeners('exit');
  process.dlopen = () => {
    throw new Error('The native module is not loaded inside Electron on Linux.');
  };
  try {
    const sharp: typeof Sharp = createRequire(import.meta.url)('sharp');
    return sharp;
  } finally {
    Reflect.set(process, 'dlopen', dlopen);
    // What WebAssembly does when the process ends fails while an image is under way: it prints its own source, and may take for ever.
    for (const listener of process.listeners('exit')) if (!before.includes(listener)) process.off('exit', listener);
  }
}
