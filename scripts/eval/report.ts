/**
 * Writes the evaluation sections of README.md and docs/quality.md, and report.md, from the newest recorded run:
 *   npx tsx scripts/eval/report.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newestRun } from './record.ts';
import { reportText, withEvalSection, withSmallEvalSection } from './texts.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const QUALITY = fileURLToPath(new URL('../../docs/quality.md', import.meta.url));
const REPORT = fileURLToPath(new URL('report.md', import.meta.url));

/** Writes all three. @throws Error when a page has no marks for its section. */
export function writeReport(): void {
  const run = newestRun();
  writeFileSync(README, withSmallEvalSection(readFileSync(README, 'utf8'), run));
  writeFileSync(QUALITY, withEvalSection(readFileSync(QUALITY, 'utf8'), run));
  writeFileSync(REPORT, reportText(run));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeReport();
