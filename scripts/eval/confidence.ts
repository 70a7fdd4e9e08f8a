/**
 * Measures how often the confidence in an answer is wrong, over the indexes that `npm run eval` has made:
 *   npx tsx scripts/eval/confidence.ts [--collections dir] [--part calibration|check]
 * On topic are the judged queries of a collection, and titles of its papers with words removed; off topic are everyday
 * questions (off-topic.json) and queries of collections on other subjects. Thresholds were chosen on the part
 * `calibration`, and its collections; `check` has other queries.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { knownItemQueries } from '../../src/quality/evaluate/known-item.ts';
import { CONFIDENCE_LEVELS } from '../../src/search/confidence.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { SEARCH_MODES, type SearchMode } from '../../src/search/mode.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { product } from '../bench/product.ts';
import { table } from '../bench/report/format.ts';
import { encodingDigest } from './code-digest.ts';
import { readTestCollection } from './collections.ts';
import { KeptEncoder } from './kept-encoder.ts';

const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));
const OFF_TOPIC: Record<'calibration' | 'check', string[]> = JSON.parse(
  readFileSync(new URL('off-topic.json', import.meta.url), 'utf8'),
);
/** Collections whose queries are off topic for a collection. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  scifact: ['cranfield', 'cisi'],
  cranfield: ['scifact', 'cisi'],
  cisi: ['scifact', 'cranfield'],
  'conference-keywords': ['scifact', 'cranfield'],
  'cacm-related': ['scifact', 'cranfield'],
  adi: ['scifact', 'cranfield'],
};
const MAX_QUERIES = 100;

const { collections, part } = new Command('confidence')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .addOption(new Option('--part <name>').choices(['calibration', 'check']).default('check'))
  .parse()
  .opts<{ collections: string; part: 'calibration' | 'check' }>();

const rows: string[][] = [];
for (const [name, foreign] of Object.entries(FOREIGN)) {
  const index = join(CACHE, name);
  if (!existsSync(index)) continue;
  const encoder = await KeptEncoder.open(
    product.createProcessEncoder(),
    join(CACHE, `vectors-${encodingDigest()}`),
  );
  const engine = await product.openIndex(index, { encoder });
  const snapshot = await engine.acquire();
  const { related } = await readTestCollection(collections, name);
  const known = await knownItemQueries(snapshot, MAX_QUERIES, part === 'check' ? 2 : 1);
  const groups: [string, string[]][] = [
    ['titles, words left out', known.filter(({ kind }) => kind === 'title').map(({ text }) => text)],
    ['judged queries', related ? [] : await queriesOf(name)],
    ['everyday questions', OFF_TOPIC[part]],
    ['queries of other fields', (await Promise.all(foreign.map(queriesOf))).flat()],
  ];
  for (const [kind, queries] of groups) {
    if (queries.length === 0) continue;
    const cells: string[] = [];
    for (const mode of SEARCH_MODES) cells.push(await shares(snapshot, queries, mode));
    rows.push([name, kind, String(queries.length), ...cells]);
  }
  await engine.close();
}
process.stdout.write(`${table(['collection', 'asked', 'queries', ...SEARCH_MODES], rows)}\n`);

/** Percent of the queries by level, the strongest first. */
async function shares(snapshot: Snapshot, queries: readonly string[], mode: SearchMode): Promise<string> {
  const counts = new Map<string, number>();
  for (const query of queries) {
    const { confidence } = await snapshot.search({ query, mode, limit: 1, fallback: false });
    counts.set(confidence.level, (counts.get(confidence.level) ?? 0) + 1);
  }
  return CONFIDENCE_LEVELS.map((level) => Math.round((100 * (counts.get(level) ?? 0)) / queries.length)).join(
    ' / ',
  );
}

async function queriesOf(name: string): Promise<string[]> {
  const { judged } = await readTestCollection(collections, name);
  return [...judged.values()][0]!.slice(0, MAX_QUERIES).map(({ text }) => text);
}
