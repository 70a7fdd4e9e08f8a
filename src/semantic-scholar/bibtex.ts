import type { Paper } from '../types.ts';
export const bibtexOf = (paper: Paper): string => paper.id;
