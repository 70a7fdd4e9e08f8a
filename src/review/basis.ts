import { createHash } from 'node:crypto';
import { LEARNER_VERSION, type Label as LearnedLabel } from './learn/learner.ts';
import type { Pool } from './pool/pool.ts';
import type { Decision, Protocol, Standing } from './review.ts';
import { currentLabels, type ReviewState, standingOf } from './state.ts';

const DIGEST_CHARACTERS = 32;

/** What a ranking of the papers of a pool is made of, and nothing else. */
export interface Basis {
  /** By row. */
  readonly labels: readonly LearnedLabel[];
  /** Rows that are not to be read, without being examples: removed papers, those with a `maybe`, and the like. By row. */
  readonly hidden: readonly number[];
  /** Whether the learner uses words only. */
  readonly keywordOnly: boolean;
  /** Digest of all this, of the pool, and of the version of the learner: equal digests mean equal rankings. */
  readonly model: string;
}

/**
 * What the ranking for a reviewer is made of. With one reviewer per paper, the labels of all. With two, those of the
 * reviewer alone, so that neither sees what the other said; where a conflict is settled, the settlement.
 * @param reviewer undefined: what is decided, by whomever.
 */
export function basisOf(state: ReviewState, pool: Pool, reviewer: string | undefined): Basis {
  const { protocol } = state;
  const isBlind = protocol.reviewersPerPaper > 1 && reviewer !== undefined;
  const labels: LearnedLabel[] = [];
  const hidden: number[] = [];
  const labelled = new Set<number>();
  for (const [id, judged] of state.judged) {
    const row = pool.rows.get(id);
    if (row === undefined) continue;
    const standing = standingOf(judged, 'abstract', protocol);
    if (standing === 'unread') continue;
    const own = isBlind ? currentLabels(judged, 'abstract').get(reviewer)?.decision : undefined;
    // The reviewer may still have to read a paper that others have begun with.
    if (isBlind && own === undefined && standing === 'partly') continue;
    const decision = isBlind ? ownDecision(standing, own) : standing;
    labelled.add(row);
    if (decision === 'include' || decision === 'exclude')
      labels.push({ row, included: decision === 'include' });
    else hidden.push(row);
  }
  for (const [row, { removed }] of pool.papers.entries()) if (removed && !labelled.has(row)) hidden.push(row);
  labels.sort((a, b) => a.row - b.row);
  hidden.sort((a, b) => a - b);
  return {
    labels,
    hidden,
    keywordOnly: protocol.keywordOnly,
    model: digestOf(labels, hidden, pool, protocol),
  };
}

/** What a paper teaches a blind reviewer. What others decided without the reviewer teaches nothing. */
export function ownDecision(standing: Standing, own: Decision | undefined): Decision | undefined {
  if (own === undefined) return undefined;
  return standing === 'include' || standing === 'exclude' ? standing : own;
}

function digestOf(
  labels: Basis['labels'],
  hidden: readonly number[],
  pool: Pool,
  { keywordOnly }: Protocol,
): string {
  const examples = labels.map(({ row, included }) => `${row}${included ? '+' : '-'}`);
  const parts = [LEARNER_VERSION, pool.digest, keywordOnly, examples.join(' '), hidden.join(' ')];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, DIGEST_CHARACTERS);
}
