import { readFileSync } from 'node:fs';

/** A package that is installed with the product. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
}

/** The fields of a lock file that are read. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const LOCK = new URL('../../package-lock.json', import.meta.url);

/** Licences that only require attribution, and that are compatible with the MIT licence of this project. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Licences found by reading, where package.json has none or points to a file. By name and version. */
const READ: Readonly<Record<string, string>> = {
  // LICENSE.txt is the Apache License 2.0.
  'flatbuffers@1.12.0': 'Apache-2.0',
  // README.rdoc and LICENSE.txt say MIT.
  'sylvester@0.0.21': 'MIT',
};

/** The lock file of this project. */
export function readLock(): LockFile {
  return JSON.parse(readFileSync(LOCK, 'utf8'));
}

/**
 * All packages that are installed with the product, direct and indirect, on any system: those of the lock file that
 * are not for development.
 */
export function productionPackages({ packages }: LockFile = readLock()): InstalledPackage[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version = '', license = 'none' }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, license: READ[`${name}@${version}`] ?? license };
    });
}

/** Packages whose licence is neither allowed nor an exception. */
export function forbidden(packages: readonly InstalledPackage[]): InstalledPackage[] {
  return packages.filter(({ license }) => license.split(' AND ').some((part) => !ALLOWED.has(part)));
}
