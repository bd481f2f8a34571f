/** The arguments of apt-get that install packages, for users too. */
export function installArguments(packages: readonly string[]): string[];

/** Installs packages, as root on Debian or Ubuntu. @returns Why it failed; empty if it did not. */
export function installPackages(packages: readonly string[]): string;
