import { MEASURES, type Measures } from '../../src/quality/evaluate/measures.ts';
import { type Comparison, holm } from '../../src/quality/evaluate/significance.ts';
import { count, table } from '../bench/report/format.ts';
import { withSection } from '../bench/report/section.ts';
import type { CollectionRecord, EvalRecord, JudgmentRecord, NamedEvalRun } from './record.ts';
import { SYSTEMS } from './systems.ts';

const NOTHING = 'No run has been recorded yet: `npm run eval` makes one.';
const SHORT = SYSTEMS.filter(({ isShort }) => isShort);
/** Below it a gain counts as significant. */
const LEVEL = 0.05;
const LEGEND = `nDCG@10 / MAP / recall@100, means over the queries with a relevant paper. Gain: nDCG@10 of hybrid over the better of
its parts; p of the paired randomisation test, two-sided; * where it is below ${LEVEL} with Holm's correction for the
lines of the table. Where queries are papers, their text is the query, "related" asks for the paper, and the paper
itself is never an answer. Of conference-keywords, the half of the queries that weights were tuned on is left out; the
queries of specter-triples-sample were among those that the title's weight in a vector was chosen with. The weights of
"related" were chosen on half of the queries of cacm-related and specter-triples-sample: the other half is in
scripts/measurements/related.md.`;

/** The README with the section between its marks made from a run. @throws Error when it has no marks. */
export function withEvalSection(readme: string, run: NamedEvalRun | undefined): string {
  if (!run) return withSection(readme, 'eval', `\n${NOTHING}\n`);
  const { file, record } = run;
  const source = `[Run](scripts/eval/runs/${file}) of ${record.date.slice(0, 10)}; every measure: [report](scripts/eval/report.md).`;
  return withSection(readme, 'eval', `\n${[shortTable(record.collections), LEGEND, source].join('\n\n')}\n`);
}

/** report.md: the table of the README, and every measure of every collection. */
export function reportText(run: NamedEvalRun | undefined): string {
  const introduction = 'Written by `npm run eval` from the newest record in `runs/`; do not edit.';
  const parts = run
    ? [sourceOf(run), shortTable(run.record.collections), LEGEND, ...details(run.record)]
    : [NOTHING];
  return `${['# How good the answers are', introduction, ...parts].join('\n\n')}\n`;
}

/** One line for each collection and judgments. */
export function shortTable(collections: readonly CollectionRecord[]): string {
  const lines = collections.flatMap(({ collection, judgments }) =>
    judgments.map((judgment) => ({ collection, judgment })),
  );
  const corrected = holm(lines.map(({ judgment }) => judgment.gain.p));
  return table(
    ['collection', 'qrels', 'queries', ...SHORT.map(({ label }) => label), 'gain'],
    lines.map(({ collection, judgment }, line) => [
      collection,
      judgment.qrels,
      count(judgment.queries),
      ...SHORT.map(({ name }) => {
        const means = judgment.systems.find(({ system }) => system === name)?.means;
        return means ? cell(means) : '–';
      }),
      gainText(judgment, corrected[line]! < LEVEL),
    ]),
  );
}

function details({ collections }: EvalRecord): string[] {
  return collections.flatMap(({ collection, papers, judgments }) => [
    `## ${collection}`,
    `${count(papers)} papers.`,
    ...judgments.flatMap(({ qrels, queries, systems, fallback, gap }) => [
      `${qrels}: ${count(queries)} queries. nDCG@10: fallback ${changeText(fallback)}; comparing 100 papers by sentences ${changeText(gap)}.`,
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
