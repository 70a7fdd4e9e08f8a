import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** One simulated screening of one review. */
export interface ScreeningRun {
  readonly seed: number;
  /** Time of the whole run. It is left out of kept runs. */
  readonly seconds?: number;
  /** Rows of the pool in the order in which they were labelled, known ones first. */
  readonly order: readonly number[];
}

/** A run of a review, as it is kept. */
export interface KeptRun extends ScreeningRun {
  readonly review: string;
  /** Of the system. */
  readonly version: string;
}

/** The runs in `FOLDER/REVIEW.jsonl`, which grow while an engine works; none if there is no such file. */
export function growingRuns(folder: string, review: string): ScreeningRun[] {
  const file = join(folder, `${review}.jsonl`);
  return existsSync(file) ? parsed(readFileSync(file, 'utf8')) : [];
}

export function addRun(folder: string, review: string, run: ScreeningRun): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${review}.jsonl`), `${JSON.stringify(run)}\n`);
}

/** The kept runs of a system, in one gzipped file; none if there is no such file. */
export function keptRuns(file: string): KeptRun[] {
  return existsSync(file) ? parsed(gunzipSync(readFileSync(file)).toString('utf8')) : [];
}

/**
 * Keeps the runs in a folder of growing runs, in order of review and seed, so that the same runs give the same bytes.
 * @param version of the system that made all of them.
 */
export function keepRuns(folder: string, file: string, version: string): void {
  const runs = reviewsIn(folder).flatMap((review) =>
    growingRuns(folder, review)
      .map(({ seed, order }): KeptRun => ({ review, seed, version, order }))
      .sort((a, b) => a.seed - b.seed),
  );
  if (runs.length === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(runs.map((run) => `${JSON.stringify(run)}\n`).join(''), { level: 9 }));
}

/** Puts kept runs of a version into a folder of growing runs, so that they are not done again. */
export function continueRuns(file: string, folder: string, version: string): void {
  for (const { review, seed, order, version: of } of keptRuns(file)) {
    if (of !== version || growingRuns(folder, review).some((run) => run.seed === seed)) continue;
    addRun(folder, review, { seed, order });
  }
}

/** In an order that does not depend on the file system. */
function reviewsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : []))
    .sort();
}

function parsed<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
