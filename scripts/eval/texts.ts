import { MEASURES, type Measures } from '../../src/quality/evaluate/measures.ts';
import { type Comparison, holm } from '../../src/quality/evaluate/significance.ts';
import { count, table } from '../bench/report/format.ts';
import { withSection } from '../bench/report/section.ts';
import type { CollectionRecord, EvalRecord, JudgmentRecord, NamedEvalRun, SystemRecord } from './record.ts';
import { SYSTEMS, type SystemName } from './systems.ts';

const NOTHING = 'No run has been recorded yet: `npm run eval` makes one.';
const SHORT = SYSTEMS.filter(({ isShort }) => isShort);
/** Below it a gain counts as significant. */
const LEVEL = 0.05;
const LEGEND = `Each cell is nDCG@10 / MAP / recall@100, averaged over the queries that have a relevant paper. The gain is nDCG@10 of
hybrid search minus that of its better part; p is from a two-sided paired randomisation test, and * marks p < ${LEVEL} after
Holm's correction over the rows of the table. Where queries are papers, the text of the paper is the query, "related" is
related-paper search, and the paper itself is never counted as a result. For conference-keywords, the queries used for
tuning are left out. The title weight of the vectors was chosen with queries that include those of
specter-triples-sample. The weights of "related" were chosen on half of the queries of cacm-related and
specter-triples-sample; scripts/measurements/related.md has the results on the other half.`;
/** The judgments in the table of README.md: those that each collection comes with. */
const SMALL_QRELS = 'test';
const SMALL = SYSTEMS.filter(({ name }) => ['keyword', 'semantic', 'hybrid'].includes(name));

/** README.md with the small table of a run between its marks. @throws Error when it has no marks. */
export function withSmallEvalSection(readme: string, run: NamedEvalRun | undefined): string {
  return withSection(readme, 'eval', `\n${run ? smallTable(run.record.collections) : NOTHING}\n`);
}

/** docs/quality.md with the whole table of a run between its marks. @throws Error when it has no marks. */
export function withEvalSection(page: string, run: NamedEvalRun | undefined): string {
  if (!run) return withSection(page, 'eval', `\n${NOTHING}\n`);
  const { file, record } = run;
  const source = `From the [run](../scripts/eval/runs/${file}) of ${record.date.slice(0, 10)}. The [report](../scripts/eval/report.md) has every measure.`;
  return withSection(
    page,
    'eval',
    `\n${[shortTable(record.collections), LEGEND, ...modelTable(record.collections), source].join('\n\n')}\n`,
  );
}

/** report.md: the table of docs/quality.md, and every measure of every collection. */
export function reportText(run: NamedEvalRun | undefined): string {
  const introduction = 'Written by `npm run eval` from the newest record in `runs/`; do not edit.';
  const parts = run
    ? [
        sourceOf(run),
        shortTable(run.record.collections),
        LEGEND,
        ...modelTable(run.record.collections),
        ...details(run.record),
      ]
    : [NOTHING];
  return `${['# How good the answers are', introduction, ...parts].join('\n\n')}\n`;
}

/** nDCG@10 of the three modes, one row per collection. */
export function smallTable(collections: readonly CollectionRecord[]): string {
  return table(
    ['collection', 'papers', 'queries', ...SMALL.map(({ label }) => label)],
    collections.flatMap(({ collection, papers, judgments }) =>
      judgments
        .filter(({ qrels }) => qrels === SMALL_QRELS)
        .map(({ queries, systems }) => [
          collection,
          count(papers),
          count(queries),
          ...SMALL.map(({ name }) => {
            const means = systems.find(({ system }) => system === name)?.means;
            return means ? means['ndcg@10'].toFixed(3) : '–';
          }),
        ]),
    ),
  );
}

/** One row per collection and judgments. */
export function shortTable(collections: readonly CollectionRecord[]): string {
  const lines = collections.flatMap(({ collection, judgments }) =>
    judgments.map((judgment) => ({ collection, judgment })),
  );
  const corrected = holm(lines.map(({ judgment }) => judgment.gain.p));
  // bm25s is compared only where it is installed.
  const short = SHORT.filter(
    ({ name, mode }) =>
      mode !== undefined ||
      lines.some(({ judgment }) => judgment.systems.some(({ system }) => system === name)),
  );
  return table(
    ['collection', 'qrels', 'queries', ...short.map(({ label }) => label), 'gain'],
    lines.map(({ collection, judgment }, line) => [
      collection,
      judgment.qrels,
      count(judgment.queries),
      ...short.map(({ name }) => {
        const means = judgment.systems.find(({ system }) => system === name)?.means;
        return means ? cell(means) : '–';
      }),
      gainText(judgment, corrected[line]! < LEVEL),
    ]),
  );
}

/**
 * A table with the other models beside the default one, one row per collection, judgments and model, and what it shows;
 * nothing if no other model was measured.
 */
export function modelTable(collections: readonly CollectionRecord[]): string[] {
  const rows = collections.flatMap(({ collection, judgments, models = [] }) =>
    judgments.flatMap(({ qrels, systems }) => {
      const ndcg = (all: readonly SystemRecord[], name: SystemName) =>
        all.find(({ system }) => system === name)?.means['ndcg@10'].toFixed(3) ?? '–';
      return models.map(({ model, judgments: others }) => {
        const other = others.find((each) => each.qrels === qrels)!;
        return [
          collection,
          qrels,
          model,
          ...COMPARED.flatMap((name) => [ndcg(systems, name), ndcg(other.systems, name)]),
          changeText(other.hybrid),
          other.related ? changeText(other.related) : '–',
        ];
      });
    }),
  );
  if (rows.length === 0) return [];
  const heads = COMPARED.flatMap((name) => [name, `${name}, that model`]);
  return [
    table(['collection', 'qrels', 'model', ...heads, 'change of hybrid', 'change of related'], rows),
    'nDCG@10 of the bundled model and of another one, each with its own weights, and the p-value of the difference in a paired randomisation test.',
  ];
}

const COMPARED = ['semantic', 'hybrid', 'related'] as const satisfies readonly SystemName[];

function details({ collections }: EvalRecord): string[] {
  return collections.flatMap(({ collection, papers, judgments }) => [
    `## ${collection}`,
    `${count(papers)} papers.`,
    ...judgments.flatMap(({ qrels, queries, systems, fallback, gap, overBm25s, overPlainFusion }) => [
      `${qrels}: ${count(queries)} queries. Change of nDCG@10 by the fallback: ${changeText(fallback)}; by reranking the first 100 papers by sentence: ${changeText(gap)}.${overBm25s && overPlainFusion ? ` Keyword search over bm25s: ${changeText(overBm25s)}; hybrid search over RRF of bm25s and semantic search: ${changeText(overPlainFusion)}.` : ''}`,
      table(
        ['system', ...MEASURES],
        systems.map(({ system, means }) => [
          SYSTEMS.find(({ name }) => name === system)?.label ?? system,
          ...MEASURES.map((measure) => means[measure].toFixed(4)),
        ]),
      ),
    ]),
  ]);
}

function sourceOf({ file, record }: NamedEvalRun): string {
  const { date, commit, machine, depth } = record;
  return `[Run](runs/${file}) of ${date.slice(0, 10)}, commit ${commit}, Node ${machine.node}; ${count(depth)} papers ranked a query.`;
}

function cell(means: Measures): string {
  return [means['ndcg@10'], means.map, means['recall@100']].map((value) => value.toFixed(3)).join(' / ');
}

function gainText({ gain }: JudgmentRecord, significant: boolean): string {
  const [difference, p] = changeText(gain).split(', ');
  return `${difference} over ${gain.over}, ${p}${significant ? ' *' : ''}`;
}

function changeText({ difference, p }: Comparison): string {
  const change = `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
  return `${change}, ${p < 0.0001 ? 'p < 0.0001' : `p ${p.toFixed(4)}`}`;
}
