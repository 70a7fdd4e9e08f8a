import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const HERE = fileURLToPath(new URL('./', import.meta.url));
/** The code here that affects measurements. */
const MEASURING = ['collections.ts', 'measure.ts', 'systems.ts', 'bm25s.ts', 'rank_with_bm25s.py'].map(
  (file) => join(HERE, file),
);

/** A digest of all code that a measurement depends on: 16 hex digits. */
export function measuringDigest(): string {
  return digestOf([...builtFiles(DIST), ...MEASURING]);
}

/** A digest of the built code that makes vectors: 16 hex digits. */
export function encodingDigest(): string {
  return digestOf(builtFiles(join(DIST, 'encode')));
}

function builtFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  return files.sort().map((file) => join(folder, file));
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
