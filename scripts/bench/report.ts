/**
 * Writes the bench sections of README.md and docs/speed.md, REPORT.md and growth.svg from the recorded runs:
 *   npx tsx scripts/bench/report.ts [--check]
 * Where the measured code has changed since a run, the texts say so. With --check, nothing is written, and the exit code
 * is 1 if a text differs from what the recorded runs and the code say.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { codeDigests } from './code-digest.ts';
import { recordedRuns } from './record.ts';
import { growthPoints, growthSpec } from './report/growth.ts';
import { reportText, withBenchSection, withSmallBenchSection } from './report/texts.ts';
import { servedRuns } from './served-record.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const SPEED = fileURLToPath(new URL('../../docs/speed.md', import.meta.url));
const REPORT = fileURLToPath(new URL('REPORT.md', import.meta.url));
const GROWTH = fileURLToPath(new URL('growth.svg', import.meta.url));

const { check } = new Command('report').option('--check', 'only compare').parse().opts<{ check?: boolean }>();
const runs = recordedRuns();
const served = servedRuns();
const code = await codeDigests();
const current = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const wanted = [
  [README, withSmallBenchSection(current(README), runs, code, served)],
  [SPEED, withBenchSection(current(SPEED), runs, code, served)],
  [REPORT, reportText(runs, code, served)],
] as const;

if (check) {
  const stale = wanted.filter(([file, text]) => current(file) !== text);
  for (const [file] of stale)
    process.stderr.write(`${file} differs from the recorded runs: run npx tsx scripts/bench/report.ts.\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of wanted) writeFileSync(file, text);
  const points = growthPoints(runs);
  if (points.length > 0) writeFileSync(GROWTH, await drawn(growthSpec(points)));
}

/** A Vega-Lite specification as SVG. Imported here: the texts must not need the packages of the bench. */
async function drawn(spec: unknown): Promise<string> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
