import { hash } from 'node:crypto';
import { foldValue } from '../../text/fold-value.ts';
import type { Paper } from '../paper.ts';

/** Derived corpus ids begin here, above all that Semantic Scholar has given and below what a double can hold. */
const FIRST_DERIVED_CORPUS_ID = 2 ** 48;

const PAPER_ID = /^[0-9a-f]{40}$/;
const CORPUS_ID = /^\d{1,15}$/;

/** Whether a text has the form of a `paperId`: 40 hexadecimal digits in lower case. */
export function isPaperId(text: string): boolean {
  return PAPER_ID.test(text);
}

/**
 * The `paperId` of a paper, 40 hexadecimal digits: that of Semantic Scholar where the paper has it, else the SHA-1 of
 * our id, so that it stays as long as our id does.
 */
export function paperIdOf({ id, externalIds }: Pick<Paper, 'id' | 'externalIds'>): string {
  const known = externalIds.s2?.toLowerCase() ?? '';
  return isPaperId(known) ? known : hash('sha1', id, 'hex');
}

/** The `corpusId` of a paper: that of Semantic Scholar where the paper has it, else a number of 49 bits from our id. */
export function corpusIdOf({ id, externalIds }: Pick<Paper, 'id' | 'externalIds'>): number {
  const known = externalIds.s2 ?? '';
  return CORPUS_ID.test(known) ? Number(known) : FIRST_DERIVED_CORPUS_ID + hashOf(id);
}

/** The `authorId` of a name, decimal digits: one name, case and accents aside, is one author. */
export function authorIdOf(name: string): string {
  return String(hashOf(foldValue(name)));
}

/** A whole number from 0 to 2^48 - 1: the first bits of a text's SHA-1. */
function hashOf(text: string): number {
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 12), 16);
}
