import type { Display } from './system/display.ts';

export interface ElectronArgumentsOptions {
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** @default whether this process runs as root */
  readonly isRoot?: boolean;
  /** @default true */
  readonly showsWindows?: boolean;
}

/** @returns The switches that Electron needs on this machine and display. They belong before the app's path. */
export function electronArguments(
  { isVirtual, env }: Pick<Display, 'isVirtual' | 'env'>,
  {
    platform = process.platform,
    isRoot = process.getuid?.() === 0,
    showsWindows = true,
  }: ElectronArgumentsOptions = {},
): string[] {
  const isLinux = platform === 'linux';
  const onlyWayland = !env['DISPLAY'] && Boolean(env['WAYLAND_DISPLAY']);
  return [
    // Chromium refuses to start as root with its sandbox on.
    ...(isLinux && isRoot ? ['--no-sandbox'] : []),
    // Xvfb has no GPU. Without this switch Chromium starts a GPU process, which fails and is started again.
    ...(isVirtual ? ['--disable-gpu', '--ozone-platform=x11'] : []),
    // Neither GTK nor the GPU are needed, which take a third of Electron's start.
    ...(isLinux && !showsWindows ? ['--disable-gpu', '--ozone-platform=headless'] : []),
    // Electron before 38 uses X11 without this switch.
    ...(isLinux && showsWindows && onlyWayland ? ['--ozone-platform=wayland'] : []),
    // Hides Chromium's warnings about D-Bus, GPU and VA-API, which don't help the user. Fatal errors are still printed.
    ...(env['ELECTRON_ENABLE_LOGGING'] ? [] : ['--log-level=3']),
  ];
}
