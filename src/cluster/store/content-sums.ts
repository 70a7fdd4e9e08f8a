import { createHash } from 'node:crypto';
import type { Paper } from '../../papers/paper.ts';

/*
 * A digest of all papers that needs no order of them: the digest of a paper in three numbers of 24 bits, each summed over
 * the papers. A sum is exact for half a billion papers, and two corpora that differ have equal sums with a chance of 2^-72.
 */

export const CONTENT_PARTS = ['a', 'b', 'c'] as const;
type ContentPart = (typeof CONTENT_PARTS)[number];
const BYTES = 3;

export const contentPath = (part: ContentPart) => `content.${part}`;

/** The three numbers of a paper: of what it says and where it was read. */
export function contentOf(paper: Paper): Record<ContentPart, number> {
  const digest = createHash('sha256').update(JSON.stringify(paper)).digest();
  const [a, b, c] = CONTENT_PARTS.map((_, part) => digest.readUIntBE(part * BYTES, BYTES));
  return { a: a!, b: b!, c: c! };
}
