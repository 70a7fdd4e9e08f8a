/**
 * Writes the evaluation section of README.md and report.md from the newest recorded run:
 *   npx tsx scripts/eval/report.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newestRun } from './record.ts';
import { reportText, withEvalSection } from './texts.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const REPORT = fileURLToPath(new URL('report.md', import.meta.url));

/** Writes both. @throws Error when README.md has no marks for the section. */
export function writeReport(): void {
  const run = newestRun();
  writeFileSync(README, withEvalSection(readFileSync(README, 'utf8'), run));
  writeFileSync(REPORT, reportText(run));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeReport();
