import type { Display } from './system/display.ts';

export interface ElectronArgumentsOptions {
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** @default whether this process is root's */
  readonly isRoot?: boolean;
}

/** What Electron must be told on this machine and this display; goes before the app's path. */
export function electronArguments(
  { isVirtual, env }: Pick<Display, 'isVirtual' | 'env'>,
  { platform = process.platform, isRoot = process.getuid?.() === 0 }: ElectronArgumentsOptions = {},
): string[] {
  const onlyWayland = !env['DISPLAY'] && Boolean(env['WAYLAND_DISPLAY']);
  return [
    // Chromium refuses to start as root with its sandbox on.
    ...(platform === 'linux' && isRoot ? ['--no-sandbox'] : []),
    // Xvfb has no GPU: without this, a GPU process starts, fails and is replaced.
    ...(isVirtual ? ['--disable-gpu', '--ozone-platform=x11'] : []),
    // Electron before 38 looks for X11 unless told.
    ...(platform === 'linux' && onlyWayland ? ['--ozone-platform=wayland'] : []),
    // Chromium's own complaints (D-Bus, GPU, VA-API) are no news to the user; what ends it is still said.
    ...(env['ELECTRON_ENABLE_LOGGING'] ? [] : ['--log-level=3']),
  ];
}
