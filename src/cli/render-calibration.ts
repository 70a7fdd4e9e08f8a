import type { CalibratedValues, CalibrationReport } from '../quality/tune/report.ts';
import { columns, fixed, signed } from './render-evaluation.ts';

/** The values before and after, and what to do next. */
export function renderCalibration(report: CalibrationReport): string {
  const { model, queries, papers, searched, before, after, 'mrr@10': mrr } = report;
  const old = shown(before);
  const among = searched < papers ? `, searched among ${searched} of them` : '';
  return [
    `${queries} queries made of ${papers} papers${among}. MRR@10 ${fixed(mrr.before)} to ${fixed(mrr.after)} (${signed(mrr.after - mrr.before)}), on the queries that the values were fitted to.`,
    '',
    columns([
      [model, 'before', 'fitted'],
      ...shown(after).map(([name, value], n) => [name, old[n]![1], value]),
    ]),
    '',
    outcome(report),
  ].join('\n');
}

function outcome({ model, index, recorded, snapshot, mustEncode, isTuned }: CalibrationReport): string {
  if (!recorded) {
    return `"${model}" is part of paper-search and keeps its values. "paper-search tune" fits the weights of an index.`;
  }
  if (mustEncode) {
    return `Recorded. The title weight has changed: run "paper-search model use ${model} --index ${index}" to have the papers of an index encoded with it. Until then, the index is searched with its old values.`;
  }
  if (snapshot === undefined) {
    return `Recorded. The index "${index}" has another model: "paper-search model use ${model} --index ${index}" changes it.`;
  }
  const tuned = isTuned
    ? ' It is tuned, and keeps its tuned keyword share: run "paper-search tune" again.'
    : '';
  return `Recorded. The index "${index}" uses the fitted values from now on (snapshot ${snapshot}).${tuned}`;
}

function shown({
  keywordShare,
  relatedKeywordShare,
  titleWeight,
  feedback,
  confidence,
}: CalibratedValues): [string, string][] {
  return [
    ['keyword share', String(keywordShare)],
    ['related papers', String(relatedKeywordShare)],
    ['title weight', String(titleWeight)],
    ['feedback', String(feedback)],
    ['weak from cosine', String(confidence.weak)],
    ['strong from cosine', String(confidence.strong)],
  ];
}
