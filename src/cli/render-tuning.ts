import { isDeepStrictEqual } from 'node:util';
import type { PartFigures } from '../quality/tune/figures.ts';
import type { TuneReport } from '../quality/tune/report.ts';
import type { TunedWeights } from '../quality/tune/weights.ts';
import { columns, fixed, pValue, signed } from './render-evaluation.ts';

/** The figures of both halves, the weights, and the decision. */
export function renderTuning(report: TuneReport): string {
  const { papers, searched, index, defaults, fitted, fit, check, kept } = report;
  const queries = [...fit.kinds, ...check.kinds].reduce((sum, kind) => sum + kind.queries, 0);
  const before = shown(defaults);
  const after = shown(fitted);
  const weights = before.map(([name, value], n) => [name, value, after[n]![1]]);
  return [
    `${queries} queries made of ${papers} papers${searched < papers ? `, searched among ${searched} of them` : ''}. MRR@10:`,
    '',
    columns([
      ['part', 'kind', 'queries', 'default', 'fitted', 'gain', 'p'],
      ...rowsOf('fitting', fit),
      ...rowsOf('checking', check),
    ]),
    ...(fit.kinds.every(({ counts }) => counts)
      ? []
      : ['', 'In brackets: kinds that the changed weights would bias; they do not count.']),
    '',
    columns([['weight', 'default', 'fitted'], ...weights]),
    '',
    kept
      ? `The index "${index}" now uses the fitted weights (--drop restores the defaults).`
      : `The default weights are kept: ${isDeepStrictEqual(defaults, fitted) ? 'no other weights were better on the fitting half' : 'the fitted weights were not better on the checking half'}.`,
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
