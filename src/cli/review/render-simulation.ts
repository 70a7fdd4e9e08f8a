import type { Measures } from '../../review/simulate/measures.ts';
import type { SimulationReport } from '../../review/simulate/report.ts';
import { curveLines } from './progress-text.ts';

/** Columns of the plot. */
const WIDTH = 80;
const TARGET = 0.95;

/** A simulation as text: the measures of each run and over the runs, and the recall curve. */
export function renderSimulation(report: SimulationReport): string {
  const { papers, includes, known, runs, measures, curve, strategy, batch, learner } = report;
  const uses = [
    'words',
    ...(report.vectors ? ['vectors'] : []),
    ...(report.question ? ['the question'] : []),
  ];
  const rest = papers - known.includes - known.excludes;
  const points = curve.map(({ read, recall }) => ({
    screened: Math.round(read * rest),
    found: 0,
    recall: recall.median,
    low: recall.least,
    high: recall.most,
  }));
  const row = (label: string, values: readonly string[]) =>
    [label.padEnd(8), ...values.map((value) => value.padStart(9))].join('');
  const cells = (value: (name: keyof Measures) => number) => [
    String(Math.round(value('papersTo95'))),
    percent(value('shareTo95')),
    percent(value('wss95')),
    percent(value('rrf10')),
    value('atd').toFixed(0),
    value('loss').toFixed(4),
    value('ndcg').toFixed(3),
  ];
  return [
    `${papers} papers, ${includes} of them includes; ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, each with ${known.includes} known ${known.includes === 1 ? 'include' : 'includes'} and ${known.excludes} known ${known.excludes === 1 ? 'exclude' : 'excludes'}.`,
    `Learner ${learner}: ${uses.join(', ')}; reads ${STRATEGIES[strategy]}, ranked again after ${batch === 1 ? 'each paper' : `${batch} papers`}.`,
    '',
    row('seed', ['to 95 %', 'share', 'WSS@95', 'RRF@10', 'ATD', 'loss', 'nDCG']),
    ...runs.map((run) =>
      row(
        String(run.seed),
        cells((name) => run.measures[name]),
      ),
    ),
    row(
      'median',
      cells((name) => measures[name].median),
    ),
    row(
      'least',
      cells((name) => measures[name].least),
    ),
    row(
      'most',
      cells((name) => measures[name].most),
    ),
    '',
    'to 95 %: papers read until 95 % of the includes are known, and the share of the pool; with the known papers.',
    '',
    ...curveLines(points, rest, TARGET, WIDTH, 'Recall by papers read (* median, : least to most, - 95 %)'),
  ].join('\n');
}

const STRATEGIES: Readonly<Record<SimulationReport['strategy'], string>> = {
  max: 'what is ranked first',
  mixed: 'what is ranked first, and one paper in twenty at random',
  random: 'in random order',
};

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
