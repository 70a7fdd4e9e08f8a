/**
 * Writes the parts of docs/ that are generated from the code: docs/help.md, and the tables between marks.
 *   npm run docs
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GENERATED } from './pages.ts';

for (const { path, update } of GENERATED) {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  writeFileSync(file, update(existsSync(file) ? readFileSync(file, 'utf8') : ''));
}
