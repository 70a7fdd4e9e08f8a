import type { Kind } from '../engines/registry.ts';
import { BASE, KINDS } from '../engines/registry.ts';
import type { NamedRun } from '../record.ts';
import { isSynthetic, measuredEngines, reported } from './select.ts';

/** A point of the chart. */
export interface GrowthPoint {
  readonly kind: Kind;
  readonly engine: string;
  readonly papers: number;
  readonly measure: string;
  readonly value: number;
  /** `real` or `synthetic`: some papers or vectors are synthetic. */
  readonly data: string;
}

/** paper-search is black; the alternatives have the colours of Tableau 10. */
const COLOURS = [
  '#4e79a7',
  '#f28e2b',
  '#e15759',
  '#76b7b2',
  '#59a14f',
  '#edc948',
  '#b07aa1',
  '#ff9da7',
  '#9c755f',
];

/** The measures of the chart, as axis titles. */
const MEASURES = ['build (s)', 'disk (MB)', 'peak memory (MB)', 'median latency (ms)'] as const;

/** Build, disk, memory and median latency (of the first query set) by size. */
export function growthPoints(runs: readonly NamedRun[]): GrowthPoint[] {
  return reported(runs).flatMap(({ kind, size }) =>
    measuredEngines(size).flatMap((engine) => {
      const first = Object.values(engine.sets)[0];
      const values = [
        engine.buildSeconds,
        (engine.diskBytes ?? 0) / 1e6,
        engine.peakBytes / 1e6,
        (first?.wallUs.median ?? 0) / 1000,
      ];
      const data = isSynthetic(size) ? 'synthetic' : 'real';
      return MEASURES.map((measure, i) => ({
        kind,
        engine: engine.name,
        papers: size.papers,
        measure,
        value: values[i]!,
        data,
      })).filter(({ value }) => value > 0);
    }),
  );
}

/** The Vega-Lite specification: one row per kind, one column per measure, logarithmic axes, one line per engine. */
export function growthSpec(points: readonly GrowthPoint[]): unknown {
  const kinds = KINDS.filter((kind) => points.some((point) => point.kind === kind));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    vconcat: kinds.map((kind) => ({
      title: { text: kind, anchor: 'start' },
      hconcat: MEASURES.map((measure) => chart(points, kind, measure)),
    })),
    // An engine has the same colour within a row; rows have different engines.
    resolve: { scale: { color: 'independent' } },
  };
}

function chart(points: readonly GrowthPoint[], kind: Kind, measure: string) {
  const own = points.filter((point) => point.kind === kind);
  const values = own.filter((point) => point.measure === measure);
  const engines = new Set([BASE[kind], ...own.map(({ engine }) => engine)]);
  return {
    width: 240,
    height: 200,
    data: { values },
    encoding: {
      x: {
        field: 'papers',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { format: '~s', title: 'papers' },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { format: '~g', title: measure },
      },
      color: {
        field: 'engine',
        type: 'nominal',
        scale: { domain: [...engines], range: ['black', ...COLOURS] },
        legend: { title: null },
      },
    },
    layer: [
      {
        mark: { type: 'line' },
        encoding: {
          strokeWidth: { condition: { test: `datum.engine === '${BASE[kind]}'`, value: 4 }, value: 1.5 },
        },
      },
      {
        mark: { type: 'point', size: 45 },
        encoding: {
          shape: {
            field: 'data',
            type: 'nominal',
            scale: { domain: ['real', 'synthetic'], range: ['circle', 'cross'] },
            legend: { title: null },
          },
        },
      },
    ],
  };
}
