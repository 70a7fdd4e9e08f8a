/**
 * Measures what citation links add to related papers, and chooses their weights:
 *   npx tsx scripts/eval/citations.ts [--collections dir] [--choose] [--given 0.5] [--by links|papers]
 * The pairs of cacm-related are citations. A random share of them is given, as the references of the later paper; the
 * others are held out. Each query is a paper with held-out pairs; the papers of its given pairs are not ranked, so that
 * no link is both given and held out. With --by papers, all references of a random share of the papers
 * are given.
 * With --choose, a grid of weights on the even half of the queries, with another split of the pairs than the report, which
 * is on the odd half.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { createProcessEncoder } from '../../src/encode/process-encoder.ts';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { readCollection } from '../../src/quality/evaluate/collection.ts';
import { ndcgAt } from '../../src/quality/evaluate/metrics/ndcg.ts';
import { recallAt } from '../../src/quality/evaluate/metrics/recall.ts';
import { randomisationTest } from '../../src/quality/evaluate/significance.ts';
import type { Corpus } from '../../src/search/corpus.ts';
import { OpenedSnapshot } from '../../src/search/opened-snapshot.ts';
import { LINK_WEIGHTS, type LinkWeights } from '../../src/search/related/link-similarity.ts';
import { findRelated } from '../../src/search/related/related.ts';
import { rerankersOf } from '../../src/search/rerank/rerankers.ts';
import { mulberry32, shuffled } from '../../src/util/random.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { table } from '../bench/report/format.ts';
import { encodingDigest } from './code-digest.ts';
import { KeptEncoder } from './kept-encoder.ts';

const DEPTH = 100;
const NO_LINKS: LinkWeights = { link: 0, vicinity: 0 };
const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));

const options = new Command('citations')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .option('--choose', 'measure a grid of weights on the queries for choosing')
  .option('--given <share>', 'share of the pairs, or of the papers, whose links are given', '0.5')
  .addOption(new Option('--by <what>', 'what is drawn').choices(['links', 'papers']).default('links'))
  .parse()
  .opts<{ collections: string; choose?: true; given: string; by: 'links' | 'papers' }>();

const folder = join(options.collections, 'cacm-related');
const queries = await readCollection(folder, { qrels: 'test', related: true });
const pairs = [
  ...new Set(queries.flatMap(({ doc, gains }) => [...gains.keys()].map((other) => pairOf(doc!, other)))),
].sort();

/** Two papers as one text, the citing one first: CACM's numbers are in the order of publication. */
function pairOf(a: string, b: string): string {
  return Number(a) > Number(b) ? `${a} ${b}` : `${b} ${a}`;
}

/** The pairs that are given; the others are held out. */
function givenPairs(seed: number): ReadonlySet<string> {
  const random = mulberry32(seed);
  const share = Number(options.given);
  if (options.by === 'links')
    return new Set(shuffled(pairs, random).slice(0, Math.round(share * pairs.length)));
  const citing = shuffled([...new Set(pairs.map((pair) => pair.split(' ')[0]!))].sort(), random);
  const given = new Set(citing.slice(0, Math.round(share * citing.length)));
  return new Set(pairs.filter((pair) => given.has(pair.split(' ')[0]!)));
}

/** The half of a query, by its id. */
function halfOf(id: string): 'even' | 'odd' {
  let hash = 7;
  for (const letter of id) hash = (31 * hash + letter.charCodeAt(0)) >>> 0;
  return (hash >>> 3) % 2 === 0 ? 'even' : 'odd';
}

interface Measured {
  readonly recall: number[];
  readonly ndcg: number[];
}

/** Runs a task over an index of the collection with the given pairs as references. */
async function withLinks<T>(given: ReadonlySet<string>, task: (corpus: Corpus) => Promise<T>): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'paper-search-citations-'));
  const encoder = await KeptEncoder.open(createProcessEncoder(), join(CACHE, `vectors-${encodingDigest()}`));
  try {
    const references = new Map<string, string[]>();
    for (const pair of given) {
      const [citing, cited] = pair.split(' ') as [string, string];
      references.set(citing, [...(references.get(citing) ?? []), cited]);
    }
    const lines = (await readFile(join(folder, 'corpus.jsonl'), 'utf8')).trim().split('\n');
    const records = lines.map((line) => {
      const record = JSON.parse(line);
      const cited = { references: references.get(record._id) ?? [] };
      return JSON.stringify({ ...record, metadata: { ...record.metadata, ...cited } });
    });
    const file = join(temporary, 'corpus.jsonl');
    await writeFile(file, `${records.join('\n')}\n`);
    const index = join(temporary, 'index');
    const { links } = await ingest([file], { index, encoder, corpusMap: false });
    if (links?.resolved !== given.size)
      throw new Error(`Not all links were resolved: ${JSON.stringify(links)}`);
    const stored = await openSnapshot(index);
    const opened = await OpenedSnapshot.open(stored, bm25Engine.load(stored.readKeywordIndex()), {
      encoder,
      rerankers: rerankersOf([]),
    });
    const result = await task(opened.corpusFor(undefined));
    await opened.close();
    return result;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Recall and nDCG of each query of a half, for the pairs that are not given. */
async function measure(
  half: 'even' | 'odd',
  given: ReadonlySet<string>,
  corpus: Corpus,
  weights: LinkWeights,
): Promise<Measured & { linked: boolean[] }> {
  const measured = { recall: [] as number[], ndcg: [] as number[], linked: [] as boolean[] };
  for (const { id, doc, gains } of queries) {
    if (halfOf(id) !== half) continue;
    const asked = new Map([...gains].filter(([other]) => !given.has(pairOf(doc!, other))));
    if (asked.size === 0) continue;
    const known = new Set([...given].flatMap((pair) => partnerIn(pair, doc!)));
    const request = { positive: [doc!], limit: DEPTH + known.size, rejected: 'show' as const };
    const { hits } = await findRelated(request, { ...corpus, linkWeights: weights });
    const ranked = hits.map(({ paper }) => paper.id).filter((paper) => !known.has(paper));
    measured.recall.push(recallAt(DEPTH, ranked, asked));
    measured.ndcg.push(ndcgAt(10, ranked, asked));
    measured.linked.push(known.size > 0);
  }
  return measured;
}

function partnerIn(pair: string, doc: string): string[] {
  const papers = pair.split(' ');
  return papers.includes(doc) ? papers.filter((paper) => paper !== doc) : [];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shown = (value: number) => value.toFixed(3);

if (options.choose) {
  const given = givenPairs(1);
  await withLinks(given, async (corpus) => {
    const rows: string[][] = [];
    for (const vicinity of [0, 0.1, 0.2, 0.4, 0.8]) {
      for (const link of [0, 0.2, 0.4, 0.8]) {
        const { recall, ndcg } = await measure('even', given, corpus, { link, vicinity });
        rows.push([String(link), String(vicinity), shown(mean(recall)), shown(mean(ndcg))]);
      }
    }
    process.stdout.write(`${table(['link', 'vicinity', 'recall@100', 'nDCG@10'], rows)}\n`);
  });
} else {
  const given = givenPairs(2);
  await withLinks(given, async (corpus) => {
    const text = await measure('odd', given, corpus, NO_LINKS);
    const links = await measure('odd', given, corpus, LINK_WEIGHTS);
    const rows = (['all', 'with given links', 'without'] as const).flatMap((part) => {
      const of = (values: readonly number[]) =>
        values.filter((_, n) => part === 'all' || text.linked[n] === (part === 'with given links'));
      if (of(text.recall).length === 0) return [];
      const compared = (name: 'recall' | 'ndcg') => {
        const [before, after] = [of(text[name]), of(links[name])];
        const { difference, p } = randomisationTest(after, before, { permutations: 10_000 });
        return [shown(mean(before)), shown(mean(after)), `${shown(difference)} (p ${p.toPrecision(2)})`];
      };
      return [[part, String(of(text.recall).length), ...compared('recall'), ...compared('ndcg')]];
    });
    const head = [
      'queries',
      'n',
      'recall@100 text',
      'with links',
      'gain',
      'nDCG@10 text',
      'with links',
      'gain',
    ];
    process.stdout.write(`${given.size} of ${pairs.length} pairs are given.\n\n${table(head, rows)}\n`);
  });
}
