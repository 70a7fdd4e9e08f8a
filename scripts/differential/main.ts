/**
 * Reads files with our readers and with a second parser of the same format, and lists the differences:
 *   npx tsx scripts/differential/main.ts FILE_OR_FOLDER… [--json]
 *
 * The second parser is that of Better BibTeX for `.bib`, and Citation.js for `.ris`. `--json` prints one difference per
 * line; without it, a table by kind with examples is printed.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Difference, differencesOf } from './compare.ts';
import { ourRecords } from './ours.ts';
import { theirBibtex } from './their-bibtex.ts';
import { theirRis } from './their-ris.ts';

/** Examples per kind in the table. */
const EXAMPLES = 3;

const asJson = process.argv.includes('--json');
const files = process.argv
  .slice(2)
  .filter((each) => !each.startsWith('--'))
  .flatMap(filesOf);
const found = new Map<string, Difference[]>();
let records = 0;
for (const file of files) {
  const ours = await ourRecords(file);
  const theirs = file.endsWith('.ris') ? await theirRis(file) : theirBibtex(file);
  records += theirs.records.length;
  for (const difference of differencesOf(file, ours, theirs)) {
    if (asJson) process.stdout.write(`${JSON.stringify(difference)}\n`);
    found.set(difference.kind, [...(found.get(difference.kind) ?? []), difference]);
  }
}
if (!asJson) {
  process.stdout.write(`${files.length} files, ${records} records of the second parser\n`);
  for (const [kind, differences] of [...found].sort(([, a], [, b]) => b.length - a.length)) {
    process.stdout.write(`\n${kind}: ${differences.length}\n`);
    for (const { file, key, ours, theirs } of differences.slice(0, EXAMPLES)) {
      process.stdout.write(`  ${file} ${key}\n    ours:   ${ours}\n    theirs: ${theirs}\n`);
    }
  }
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:bib|biblatex|bibtex|ris)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}
