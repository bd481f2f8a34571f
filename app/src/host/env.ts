/**
 * What a sidecar inherits from the host's environment. Everything else stays behind: tokens and passwords that the host
 * was started with, and switches that change how a runtime behaves (`NODE_OPTIONS`, `ELECTRON_RUN_AS_NODE`, `LD_PRELOAD`).
 * Proxy variables stay behind too, since they may hold a password: add them where a sidecar needs the network.
 */
const inherited = new Set(
  [
    // Finding programs and the user's files.
    'PATH HOME USER LOGNAME TMPDIR TEMP TMP',
    'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR',
    // Language, time zone and text encoding, so that messages and dates agree with the host's.
    'LANG LANGUAGE TZ __CF_USER_TEXT_ENCODING',
    // Certificates of a company's network.
    'NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR',
    // Without these Windows can't load system libraries, start programs or open sockets.
    'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT USERPROFILE USERNAME HOMEDRIVE HOMEPATH',
    'APPDATA LOCALAPPDATA PROGRAMDATA NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE',
  ].flatMap((names) => names.split(' ')),
);

/**
 * The environment for a sidecar: the allowed part of the host's, then what the caller adds.
 *
 * @param added Wins over what is inherited; `undefined` takes an inherited variable away.
 * @param platform Windows' variable names ignore case. @default process.platform
 */
export function reduceEnvironment(
  source: Readonly<NodeJS.ProcessEnv>,
  added: Readonly<Record<string, string | undefined>> = {},
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const keyOf = platform === 'win32' ? (name: string): string => name.toUpperCase() : (name: string): string => name;
  const replaced = new Set(Object.keys(added).map(keyOf));
  const kept = Object.entries(source).filter(([name]) => isInherited(keyOf(name)) && !replaced.has(keyOf(name)));
  return Object.fromEntries([...kept, ...Object.entries(added)].filter(hasValue));
}

function isInherited(name: string): boolean {
  return inherited.has(name) || name.startsWith('LC_');
}

function hasValue(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}
