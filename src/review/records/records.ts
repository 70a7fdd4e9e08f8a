export type { LabelFile, LabelRow } from './labels/label-row.ts';
export { matchLabels } from './labels/match.ts';
export { readLabels } from './labels/read-labels.ts';
