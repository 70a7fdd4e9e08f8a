import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Version of an installed package. Searches upwards from here, as imports do: the bench's own packages come before the
 * product's. (`require.resolve` does not find a package.json that `exports` hides.)
 */
export function packageVersion(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
    } catch (error) {
      if (folder === dirname(folder)) throw error;
    }
  }
}
