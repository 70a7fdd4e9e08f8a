import { createHash } from 'node:crypto';
import type { Paper } from '../../papers/paper.ts';

/** Bytes kept of a digest: 96 bits do not collide by chance. */
const DIGEST_BYTES = 12;

/**
 * A digest of what a paper says. Where it was read and under which ids is not what a paper says, and the order of members
 * does not matter.
 */
export function contentDigest(paper: Paper): string {
  const { id: _, aliases: __, source: ___, sources: ____, provenance: _____, ...said } = paper;
  const text = JSON.stringify(said, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest().toString('base64', 0, DIGEST_BYTES);
}
