import { isDeepStrictEqual } from 'node:util';
import type { PartFigures } from '../quality/tune/figures.ts';
import type { TuneReport } from '../quality/tune/report.ts';
import type { TunedWeights } from '../quality/tune/weights.ts';
import { columns, fixed, pValue, signed } from './render-evaluation.ts';

/** The figures of both parts, the weights, and what was decided. */
export function renderTuning(report: TuneReport): string {
  const { papers, searched, index, defaults, fitted, fit, check, kept } = report;
  const queries = [...fit.kinds, ...check.kinds].reduce((sum, kind) => sum + kind.queries, 0);
  const before = shown(defaults);
  const after = shown(fitted);
  const weights = before.map(([name, value], n) => [name, value, after[n]![1]]);
  return [
    `${queries} queries made of ${papers} papers${searched < papers ? `, put to ${searched} of them` : ''}. MRR@10:`,
    '',
    columns([
      ['part', 'kind', 'queries', 'default', 'fitted', 'gain', 'p'],
      ...rowsOf('to fit', fit),
      ...rowsOf('to check', check),
    ]),
    ...(fit.kinds.every(({ counts }) => counts)
      ? []
      : ['', 'In brackets: cannot tell of a weight that was changed, and does not count.']),
    '',
    columns([['weight', 'default', 'fitted'], ...weights]),
    '',
    kept
      ? `The index "${index}" uses the fitted weights from now on (--drop goes back).`
      : `The default weights stay: ${isDeepStrictEqual(defaults, fitted) ? 'nothing was better on the part to fit' : 'the fitted ones did not win on the part to check'}.`,
  ].join('\n');
}

function rowsOf(
  part: string,
  { queries, kinds, default: byDefault, tuned, gain, p }: PartFigures,
): string[][] {
  return [
    ...kinds.map((kind) => [
      part,
      kind.counts ? kind.kind : `(${kind.kind})`,
      String(kind.queries),
      fixed(kind.default),
      fixed(kind.tuned),
      signed(kind.tuned - kind.default),
      '',
    ]),
    [part, 'mean', String(queries), fixed(byDefault), fixed(tuned), signed(gain), pValue(p)],
  ];
}

function shown({ lexicalShare, bm25 }: TunedWeights): [string, string][] {
  const rows: [string, number][] = [['keyword share', lexicalShare]];
  if (bm25) {
    const { title, keywords } = bm25.fieldWeights;
    rows.push(['title', title], ['keywords', keywords], ['b', bm25.b], ['k1', bm25.k1]);
  }
  return rows.map(([name, value]) => [name, String(value)]);
}
