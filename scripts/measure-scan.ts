/**
 * Compares the vector scans of two source trees on one index, in turn: the time of a hybrid ranking and of the nearest 10 after the
 * query was encoded and its words were scored, how many 8-bit rows are read, and whether both answer alike.
 *   npx tsx scripts/measure-scan.ts --index FOLDER --trees OLD,. --queries-file FILE
 * With --share, each tree that can has the scan shared by a second thread.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { DEFAULT_KEYWORD_ENGINE } from '../src/indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES } from '../src/indexes/keyword/engines.ts';
import { queryTerms } from '../src/indexes/keyword/query-terms.ts';
import { openSnapshot } from '../src/indexes/store/snapshot-reader.ts';
import { fuse } from '../src/search/fuse/fuse.ts';
import { DEFAULT_FUSION, DEFAULT_FUSION_WEIGHTS, FUSIONS } from '../src/search/fuse/methods.ts';
import { machine } from './bench/machine.ts';
import { product } from './bench/product.ts';
import { queriesIn } from './bench/queries.ts';
import { percentile } from './bench/statistics.ts';

const list = (text: string) => text.split(',');
const options = new Command('measure-scan')
  .requiredOption('--index <folder>', 'an index of the bundled model')
  .requiredOption('--queries-file <file>', 'JSON Lines with "text", or plain lines')
  .requiredOption('--trees <old,new>', 'folders of source trees', list)
  .option('--queries <n>', 'how many', Number, 100)
  .option('--rounds <n>', 'rounds, after one to warm up', Number, 3)
  .option('--share', 'with a second thread, where a tree has one', false)
  .parse()
  .opts<{
    index: string;
    queriesFile: string;
    trees: string[];
    queries: number;
    rounds: number;
    share: boolean;
  }>();

const K = 10;
const snapshot = await openSnapshot(options.index);
const { dimension } = snapshot.manifest.model;
const engine = KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE].load(snapshot.readKeywordIndex());
const vectorAt = (doc: number) => snapshot.vectors.read(doc);
const texts = queriesIn(options.queriesFile).slice(0, options.queries);
const encoder = product.createProcessEncoder();
const encoded = await encoder.encode(texts);
await encoder.close();
const queries = texts.map((text, n) => ({
  text,
  vector: encoded.slice(n * dimension, (n + 1) * dimension),
}));

const trees = [];
for (const folder of options.trees) {
  const module = <T>(name: string): Promise<T> =>
    import(pathToFileURL(resolve(folder, 'src/indexes/vectors', name)).href);
  const { CodeMemory } =
    await module<typeof import('../src/indexes/vectors/code-memory.ts')>('code-memory.ts');
  const { CodeIndex } = await module<typeof import('../src/indexes/vectors/code-index.ts')>('code-index.ts');
  const memory = new CodeMemory(snapshot.papers.size, dimension);
  snapshot.readCodes(memory.image);
  const index = new CodeIndex(memory);
  const before = process.cpuUsage();
  for (const _ of index.prepare());
  const { user, system } = process.cpuUsage(before);
  if (options.share) index.share?.();
  const rows = { read: 0 };
  const score = memory.score.bind(memory);
  memory.score = (docs, step) => {
    rows.read += docs.length;
    score(docs, step);
  };
  trees.push({ folder, index, rows, derivedMs: (user + system) / 1000 });
}

const kinds = ['hybrid', 'semantic'] as const;
const figures = new Map<string, { readonly ms: number[]; readonly rows: number[] }>();
let different = 0;
for (let round = 0; round <= options.rounds; round++) {
  for (const [n, { text, vector }] of queries.entries()) {
    const terms = queryTerms(text, engine);
    const keyword = engine.estimate(terms);
    for (const kind of kinds) {
      const answers = (round % 2 === 0 ? trees : trees.toReversed()).map(({ folder, index, rows }) => {
        rows.read = 0;
        const started = performance.now();
        const answer =
          kind === 'semantic'
            ? index.nearest(vector, K, { vectorAt })
            : fuse(
                {
                  kind: 'both',
                  both: {
                    ...{
                      keyword,
                      allScores: () => engine.score(terms),
                      vector,
                      dense: index,
                      vectorAt,
                      match: undefined,
                    },
                    cosineScale: { factor: 1, offset: 0 },
                  },
                },
                K,
                FUSIONS[DEFAULT_FUSION](DEFAULT_FUSION_WEIGHTS),
              );
        const ms = performance.now() - started;
        const name = `${kind} | ${folder}`;
        const figure = figures.get(name) ?? { ms: [], rows: [] };
        figures.set(name, figure);
        if (round > 0) figure.ms[n] = Math.min(figure.ms[n] ?? Number.POSITIVE_INFINITY, ms);
        figure.rows[n] = rows.read;
        return JSON.stringify(answer);
      });
      if (answers.some((answer) => answer !== answers[0])) different++;
    }
  }
}
snapshot.close();
for (const { index } of trees) await index.close?.();

const { cpu, cores } = machine();
console.log(
  `${cpu}, ${cores} cores; ${snapshot.papers.size} papers, ${queries.length} queries, least of ${options.rounds} rounds; ${different} answers differ.\n`,
);
for (const { folder, derivedMs } of trees)
  console.log(`Derived in ${derivedMs.toFixed(0)} ms of CPU: ${folder}`);
console.log(
  '\n| ranking | tree | median, 90 %, 99 % (ms) | 8-bit rows read: median, 90 %, 99 % |\n| --- | --- | ---: | ---: |',
);
for (const [name, { ms, rows }] of figures) {
  const shares = (values: readonly number[], digits: number) => {
    const sorted = values.toSorted((a, b) => a - b);
    return [50, 90, 99].map((percent) => percentile(sorted, percent).toFixed(digits)).join(', ');
  };
  console.log(`| ${name} | ${shares(ms, 2)} | ${shares(rows, 0)} |`);
}
