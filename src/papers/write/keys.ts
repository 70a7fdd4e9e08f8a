import { createHash } from 'node:crypto';
import { fold } from '../../text/fold.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { yearOf } from '../day.ts';
import { displayName, familyWithParticle } from '../names.ts';
import type { Paper } from '../paper.ts';

/** Number of hexadecimal digits that distinguish papers with the same key. */
const DIGEST_LENGTH = 6;

/** What every program takes in a key. The user's own keys are kept where they have nothing else. */
const SAFE_KEY = /^[\p{L}\p{N}!$&*+\-./:;<>?[\]^_`|()]{1,200}$/u;

/**
 * Keys to cite papers by, in their order: the one that the user cites a paper by, else family name of the first author, year, and first word of the title that
 * says something (`song2025mind`). Papers that would share a key have digits of their id after it, each of them,
 * whatever their order.
 */
export function citationKeys(papers: readonly Paper[]): string[] {
  const keys = papers.map(plainKey);
  const owners = new Map<string, Set<string>>();
  for (const [at, key] of keys.entries()) {
    const ids = owners.get(key) ?? new Set();
    owners.set(key, ids.add(papers[at]!.id));
  }
  return keys.map((key, at) => (owners.get(key)!.size > 1 ? `${key}-${digestOf(papers[at]!.id)}` : key));
}

function plainKey(paper: Paper): string {
  const { key = '' } = paper.publication ?? {};
  if (SAFE_KEY.test(key)) return key;
  const [first] = paper.authorNames;
  const family =
    first === undefined ? '' : 'literal' in first ? displayName(first) : familyWithParticle(first);
  const author = keyLetters(family) || 'anon';
  const words = paper.title
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(keyLetters)
    .filter((word) => word !== '');
  return `${author}${yearOf(paper) || ''}${words.find((word) => !isStopWord(word)) ?? words[0] ?? ''}`;
}

/** The characters that every program accepts in a key: ASCII letters in lower case and digits. */
function keyLetters(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 40);
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, DIGEST_LENGTH);
}
