export { exportReview, REVIEW_FORMATS, reviewFormat } from './export/export-review.ts';
export type { LabelFile, LabelRow } from './labels/label-row.ts';
export { matchLabels } from './labels/match.ts';
export { readLabels } from './labels/read-labels.ts';
export type { PrismaCounts } from './prisma/counts.ts';
export { prismaCounts } from './prisma/prisma-counts.ts';
export { prismaCsv } from './prisma/prisma-csv.ts';
export { prismaSvg } from './prisma/prisma-svg.ts';
export { searchLog } from './search-log/search-log.ts';
