/**
 * Reports words that the project avoids, with file and line (`words/rules.ts`):
 *   npm run lint
 * With paths, it checks those instead: `npx tsx scripts/check-words.ts src/cli docs`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findWords } from './words/find.ts';
import { CHECKED_PATHS } from './words/rules.ts';

const CHECKED = /\.(?:md|tsx?|mjs)$/;
/** Packages, which the bench and the fuzzers install for themselves. */
const INSTALLED = /(?:^|\/)(?:node_modules|\.cache)\//;

const paths = process.argv.length > 2 ? process.argv.slice(2) : CHECKED_PATHS;
for (const path of paths) {
  if (existsSync(path)) continue;
  process.stderr.write(`check-words: "${path}" does not exist.\n`);
  process.exit(1);
}
const findings = paths.flatMap(filesIn).flatMap((file) => findWords(file, readFileSync(file, 'utf8')));
for (const { file, line, found, write } of findings) {
  process.stderr.write(`${file}:${line}: "${found}": write ${write}.\n`);
}
process.exitCode = findings.length > 0 ? 1 : 0;

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((file) => join(path, file).replaceAll('\\', '/'))
    .filter((file) => CHECKED.test(file) && !INSTALLED.test(file));
}
