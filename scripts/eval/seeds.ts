/**
 * Measures related papers of several seeds, and compares ways to combine the similarities to them:
 *   npx tsx scripts/eval/seeds.ts [--collections dir] [--choose | --relevance]
 * A theme is a set of papers that belong together: a paper of cacm-related with those that it is linked with by citation or
 * cited with, or papers with the same keyword of their authors. Some of them are the seeds, the others are to be found.
 * With --choose, all ways on the themes for choosing: the even half of conference-keywords. Otherwise, the former way and the
 * chosen one on the others. With --relevance, from which score on a paper is relevant.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { readCollection } from '../../src/quality/evaluate/collection.ts';
import { ndcgAt } from '../../src/quality/evaluate/metrics/ndcg.ts';
import { recallAt } from '../../src/quality/evaluate/metrics/recall.ts';
import { holm, randomisationTest } from '../../src/quality/evaluate/significance.ts';
import type { Corpus } from '../../src/search/corpus.ts';
import { SEARCH_MODES, type SearchMode } from '../../src/search/mode.ts';
import { likeness, type Similarities, scaleOf } from '../../src/search/related/combine.ts';
import { knowledgeOf } from '../../src/search/related/link-similarity.ts';
import { seedOf } from '../../src/search/related/related.ts';
import { confidenceAt, relevanceLevels } from '../../src/search/related/relevance.ts';
import { type Seed, similaritiesTo } from '../../src/search/related/similarity.ts';
import { mulberry32, shuffled } from '../../src/util/random.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { table } from '../bench/report/format.ts';
import { withTemporaryCorpus } from './temporary-corpus.ts';

const options = new Command('seeds')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .option('--choose', 'compare all ways on the themes for choosing')
  .option('--relevance', 'measure from which score on papers are relevant')
  .parse()
  .opts<{ collections: string; choose?: true; relevance?: true }>();

/** The seeds of one draw, as positions, and for each theme the papers that are to be found. */
interface Draw {
  readonly seeds: readonly number[];
  readonly wanted: readonly (readonly number[])[];
}

/** Scores all papers by their similarities to the seeds. */
type Way = (seeds: readonly number[], similarities: readonly Float64Array[]) => (doc: number) => number;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const shown = (value: number) => value.toFixed(3);

/** A way whose score is a function of the similarities of one paper. */
const of =
  (score: (similarities: number[]) => number): Way =>
  (_, all) =>
  (doc) =>
    score(all.map((each) => each[doc]!));

/** A way over similarities that are divided by the mean of those to the nearest papers. */
const scaled =
  (papers: number, way: Way): Way =>
  (seeds, all) =>
    way(
      seeds,
      all.map((each) => {
        const others = each.slice();
        for (const doc of seeds) others[doc] = Number.NEGATIVE_INFINITY;
        const scale = mean(topDocuments(others, papers).map(({ score }) => score));
        return each.map((value) => value / scale);
      }),
    );

const largest = of((values) => Math.max(...values));
const average = of(mean);
const largestAndMean = (weight: number) => of((values) => Math.max(...values) + weight * mean(values));
const meanOfBest = (n: number) => of((values) => mean(values.sort((a, b) => b - a).slice(0, n)));
const softMaximum = (temperature: number) =>
  of((values) => temperature * Math.log(sum(values.map((value) => Math.exp(value / temperature)))));
const powerMean = (exponent: number) =>
  of((values) => sum(values.map((value) => Math.max(0, value) ** exponent)) ** (1 / exponent));
const reciprocalRanks =
  (k: number): Way =>
  (_, all) => {
    const ranks = all.map((each) => {
      const rank = new Float64Array(each.length);
      for (const [i, { doc }] of topDocuments(each, each.length).entries()) rank[doc] = i + 1;
      return rank;
    });
    return (doc) => sum(ranks.map((rank) => 1 / (k + rank[doc]!)));
  };

/** Replaces each seed by its mean with the seeds that are like it, and takes the largest. */
const themes: Way = (seeds, all) => {
  const mixed = all.map((own) => {
    const weights = seeds.map((seed) => Math.min(1, Math.max(0, own[seed]!)) ** 2);
    return own.map((_, doc) => sum(all.map((each, j) => weights[j]! * each[doc]!)) / sum(weights));
  });
  return largest(seeds, mixed);
};

/** What related papers use. */
const product: Way = (seeds, all) => {
  const near: Similarities[] = all.map((each) => ({ of: each, scale: scaleOf(each, seeds) }));
  return (doc) => likeness(near, doc);
};

const BEFORE = 'largest + 0.1 × mean';
const AFTER = 'power mean, exponent 4, scale of 30';
const WAYS: Readonly<Record<string, Way>> = {
  largest,
  [BEFORE]: largestAndMean(0.1),
  'largest + 0.5 × mean': largestAndMean(0.5),
  'largest + 1 × mean': largestAndMean(1),
  'largest + 4 × mean': largestAndMean(4),
  mean: average,
  'mean of the best 2': meanOfBest(2),
  'mean of the best 3': meanOfBest(3),
  'log-sum-exp, temperature 0.05': softMaximum(0.05),
  'log-sum-exp, temperature 0.2': softMaximum(0.2),
  'power mean, exponent 4, no scale': powerMean(4),
  'largest, scale of 10': scaled(10, largest),
  'mean, scale of 10': scaled(10, average),
  'mean of the best 2, scale of 10': scaled(10, meanOfBest(2)),
  'mean of the best 3, scale of 10': scaled(10, meanOfBest(3)),
  'log-sum-exp, temperature 0.2, scale of 10': scaled(10, softMaximum(0.2)),
  'mean with similar seeds, largest, scale of 10': scaled(10, themes),
  'power mean, exponent 2, scale of 10': scaled(10, powerMean(2)),
  'power mean, exponent 4, scale of 10': scaled(10, powerMean(4)),
  'power mean, exponent 6, scale of 10': scaled(10, powerMean(6)),
  'power mean, exponent 2, scale of 30': scaled(30, powerMean(2)),
  'power mean, exponent 3, scale of 30': scaled(30, powerMean(3)),
  [AFTER]: product,
  'power mean, exponent 6, scale of 30': scaled(30, powerMean(6)),
  'power mean, exponent 4, scale of 100': scaled(100, powerMean(4)),
  'reciprocal rank fusion, k 10': reciprocalRanks(10),
  'reciprocal rank fusion, k 60': reciprocalRanks(60),
};

/** The similarities of all papers to papers as seeds, each computed once. */
function similarityCache(corpus: Corpus, mode: SearchMode = 'hybrid') {
  const knowledge = knowledgeOf(corpus.fields.links, corpus.indexes.vectorAt);
  const links = { knowledge, weights: corpus.linkWeights };
  const known = new Map<number, Float64Array>();
  return (doc: number) => {
    const found =
      known.get(doc) ?? similaritiesTo(seedOf(corpus.paperAt(doc), corpus), corpus.indexes, links, mode);
    known.set(doc, found);
    return found;
  };
}

/** The themes of a collection, as positions. @param half of its queries. Default: all. */
async function themesOf(
  name: string,
  qrels: string,
  docOf: (id: string) => number,
  half?: 'even' | 'odd',
): Promise<number[][]> {
  const queries = await readCollection(join(options.collections, name), {
    qrels,
    related: name === 'cacm-related',
  });
  return queries
    .filter((_, position) => half === undefined || (position % 2 === 0) === (half === 'even'))
    .map(({ doc, gains }) => {
      const papers = [...gains].flatMap(([id, gain]) => (gain > 0 ? [id] : []));
      return [...new Set([...papers, ...(doc === undefined ? [] : [doc])])].map(docOf);
    });
}

/** Draws of 3 to 6 seeds of one theme, of which at least 3 papers are left. */
function drawsOfOne(all: readonly number[][], seeds: readonly number[], random: () => number): Draw[] {
  return all.flatMap((theme) =>
    seeds.flatMap((n) => {
      const papers = shuffled(theme, random);
      return papers.length < n + 3 ? [] : [{ seeds: papers.slice(0, n), wanted: [papers.slice(n)] }];
    }),
  );
}

/** Draws of a and b seeds of two themes without common papers. */
function drawsOfTwo(
  all: readonly number[][],
  [a, b]: readonly [number, number],
  random: () => number,
): Draw[] {
  return Array.from({ length: 200 }).flatMap(() => {
    const [one, other] = shuffled(all, random).map((theme) => shuffled(theme, random)) as [
      number[],
      number[],
    ];
    if (one.length < a + 3 || other.length < b + 3 || one.some((doc) => other.includes(doc))) return [];
    return [{ seeds: [...one.slice(0, a), ...other.slice(0, b)], wanted: [one.slice(a), other.slice(b)] }];
  });
}

interface Measured {
  readonly ndcg: number;
  readonly recall: number;
  /** Recall of the theme of which less is found. */
  readonly least: number;
  /** Of the first 10 hits, the share that is nearest to the same seed, by the similarity as it is. */
  readonly oneSeed: number;
}

function measure(way: Way, draw: Draw, similarityTo: (doc: number) => Float64Array): Measured {
  const all = draw.seeds.map(similarityTo);
  const score = way(draw.seeds, all);
  const scores = Float64Array.from(all[0]!, (_, doc) => score(doc));
  for (const doc of draw.seeds) scores[doc] = Number.NEGATIVE_INFINITY;
  const top = topDocuments(scores, 20);
  const ranked = top.map(({ doc }) => String(doc));
  const gains = (docs: readonly number[]) => new Map(docs.map((doc) => [String(doc), 1]));
  const nearest = top.slice(0, 10).map(({ doc }) => {
    const values = all.map((each) => each[doc]!);
    return values.indexOf(Math.max(...values));
  });
  return {
    ndcg: ndcgAt(10, ranked, gains(draw.wanted.flat())),
    recall: recallAt(20, ranked, gains(draw.wanted.flat())),
    least: Math.min(...draw.wanted.map((theme) => recallAt(20, ranked, gains(theme)))),
    oneSeed:
      Math.max(...draw.seeds.map((_, seed) => nearest.filter((each) => each === seed).length)) /
      nearest.length,
  };
}

const corpusFile = (name: string) => join(options.collections, name, 'corpus.jsonl');
const SPLITS = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 1],
] as const;

async function choose(): Promise<void> {
  await withTemporaryCorpus(corpusFile('conference-keywords'), async (corpus) => {
    const similarityTo = similarityCache(corpus);
    const all = await themesOf('conference-keywords', 'test', corpus.docOf, 'even');
    const random = mulberry32(7);
    const one = drawsOfOne(all, [3, 4, 5, 6], random);
    const two = SPLITS.map((split) => drawsOfTwo(all, split, random));
    const rows = Object.entries(WAYS).map(([name, way]) => {
      const ofOne = one.map((draw) => measure(way, draw, similarityTo));
      const cells = two.map((draws) => {
        const measured = draws.map((draw) => measure(way, draw, similarityTo));
        return `${shown(mean(measured.map(({ ndcg }) => ndcg)))}, ${shown(mean(measured.map(({ least }) => least)))}`;
      });
      const first = `${shown(mean(ofOne.map(({ ndcg }) => ndcg)))}, ${shown(mean(ofOne.map(({ recall }) => recall)))}`;
      return [name, first, ...cells];
    });
    const head = [
      '',
      `one theme (${one.length})`,
      ...SPLITS.map(([a, b], i) => `${a} + ${b} (${two[i]!.length})`),
    ];
    process.stdout.write(`${table(head, rows)}\n`);
  });
}

async function report(): Promise<void> {
  const rows: { cells: string[]; p: number }[] = [];
  const compare = (label: string, draws: readonly Draw[], similarityTo: (doc: number) => Float64Array) => {
    const [before, after] = [BEFORE, AFTER].map((way) =>
      draws.map((draw) => measure(WAYS[way]!, draw, similarityTo)),
    );
    const pair = (name: keyof Measured) =>
      [before!, after!].map((each) => shown(mean(each.map((values) => values[name])))).join(' → ');
    const values = (each: readonly Measured[]) => each.map(({ ndcg }) => ndcg);
    const { p } = randomisationTest(values(after!), values(before!), { permutations: 10_000 });
    rows.push({
      cells: [label, String(draws.length), pair('ndcg'), pair('recall'), pair('least'), pair('oneSeed')],
      p,
    });
  };
  const parts = [
    ['cacm-related', 'test', undefined],
    ['cacm-related', 'cocited', undefined],
    ['conference-keywords', 'test', 'odd'],
  ] as const;
  for (const [name, qrels, half] of parts) {
    await withTemporaryCorpus(corpusFile(name), async (corpus) => {
      const similarityTo = similarityCache(corpus);
      const all = await themesOf(name, qrels, corpus.docOf, half);
      const random = mulberry32(11);
      for (const n of [3, 4, 5, 6])
        compare(`${name} ${qrels}, ${n} seeds`, drawsOfOne(all, [n], random), similarityTo);
      for (const split of SPLITS)
        compare(
          `${name} ${qrels}, ${split.join(' + ')} of two`,
          drawsOfTwo(all, split, random),
          similarityTo,
        );
    });
  }
  const adjusted = holm(rows.map(({ p }) => p));
  const head = ['seeds', 'draws', 'nDCG@10', 'recall@20', 'recall@20, worse theme', 'hits of one seed', 'p'];
  process.stdout.write(
    `${table(
      head,
      rows.map(({ cells }, i) => [...cells, adjusted[i]!.toPrecision(2)]),
    )}\n`,
  );
}

/** The collections that are mixed to see which papers of other fields a seed has. */
const FIELDS = ['cacm-related', 'conference-keywords', 'scifact', 'cranfield'];

async function relevance(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-fields-'));
  try {
    const lines: string[] = [];
    for (const name of FIELDS) {
      for (const line of (await readFile(corpusFile(name), 'utf8')).trim().split('\n')) {
        const record = JSON.parse(line);
        lines.push(JSON.stringify({ ...record, _id: `${name}-${record._id}` }));
      }
    }
    const file = join(folder, 'corpus.jsonl');
    await writeFile(file, `${lines.join('\n')}\n`);
    await withTemporaryCorpus(file, measureRelevance);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureRelevance(corpus: Corpus): Promise<void> {
  const papers = Array.from({ length: corpus.fields.size }, (_, doc) => corpus.paperAt(doc));
  const fieldOf = papers.map(({ id }) => FIELDS.find((name) => id.startsWith(`${name}-`))!);
  const rows: string[][] = [];
  for (const mode of SEARCH_MODES) {
    const similarityTo = similarityCache(corpus, mode);
    for (const field of FIELDS) {
      const random = mulberry32(3);
      const own = papers.flatMap(({ abstract }, doc) =>
        fieldOf[doc] === field && abstract !== '' ? [doc] : [],
      );
      const single: Draw[] = shuffled(own, random)
        .slice(0, 200)
        .map((doc) => ({ seeds: [doc], wanted: [] }));
      const parts: [string, Draw[]][] = [['1', single]];
      if (field === 'conference-keywords' || field === 'cacm-related') {
        const docOf = (id: string) => corpus.docOf(`${field}-${id}`);
        const all = await themesOf(field, 'test', docOf, 'even');
        parts[0]![1] = drawsOfOne(all, [1], random);
        parts.push(['3 to 6', drawsOfOne(all, [3, 4, 5, 6], random)]);
        parts.push(['3 + 3', drawsOfTwo(all, [3, 3], random)]);
      }
      for (const [label, draws] of parts) {
        const measured = draws.map(({ seeds, wanted }) => {
          const all = seeds.map(similarityTo);
          const score = seeds.length === 1 ? of(([value]) => value!)(seeds, all) : product(seeds, all);
          const levels = relevanceLevels(
            seeds.map((doc): Pick<Seed, 'doc'> => ({ doc })),
            mode,
            corpus.indexes,
          );
          const found = { weak: [0, 0], strong: [0, 0] };
          for (let doc = 0; doc < papers.length; doc++) {
            if (seeds.includes(doc)) continue;
            const { level } = confidenceAt(score(doc), levels);
            const side = fieldOf[doc] === field ? 0 : 1;
            if (level !== 'none') found.weak[side]!++;
            if (level === 'strong') found.strong[side]!++;
          }
          const themed = wanted.flat();
          const passed = (level: number) =>
            themed.filter((doc) => score(doc) >= level).length / themed.length;
          return { ...found, judged: { weak: passed(levels.weak), strong: passed(levels.strong) } };
        });
        const percent = (values: boolean[]) => `${Math.round(100 * mean(values.map(Number)))} %`;
        const cells = (['weak', 'strong'] as const).flatMap((level) => {
          const counts = measured.map((each) => each[level][0]!).sort((a, b) => a - b);
          const at = (share: number) => counts[Math.floor(share * counts.length)]!;
          const judged = measured.map((each) => each.judged[level]);
          return [
            percent(counts.map((n) => n === 0)),
            percent(measured.map((each) => each[level][1]! > 0)),
            Number.isNaN(judged[0]!) ? '' : shown(mean(judged)),
            `${at(0.1)}, ${at(0.5)}, ${at(0.9)}`,
          ];
        });
        rows.push([`${mode}, ${field}, ${label}`, String(draws.length), ...cells]);
      }
    }
  }
  const ofLevel = ['none of its field', 'any of another', 'share of the theme', 'papers of its field'];
  process.stdout.write(`${table(['seeds', 'draws', ...ofLevel, ...ofLevel], rows)}\n`);
}

if (options.choose) await choose();
else if (options.relevance) await relevance();
else await report();
