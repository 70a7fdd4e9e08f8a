import type { QueryToken } from './tokens.ts';

/** The matching bracket of each bracket, both ways. */
export function pairBrackets(tokens: readonly QueryToken[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { kind }] of tokens.entries()) {
    if (kind === 'open') open.push(at);
    const partner = kind === 'close' ? open.pop() : undefined;
    if (partner !== undefined) {
      pairs.set(partner, at);
      pairs.set(at, partner);
    }
  }
  return pairs;
}

/** How many tokens before each place, and before the end, count. */
export function countUpTo(
  tokens: readonly QueryToken[],
  counts: (token: QueryToken, at: number) => boolean,
): readonly number[] {
  const upTo = [0];
  for (const [at, token] of tokens.entries()) upTo.push(upTo[at]! + (counts(token, at) ? 1 : 0));
  return upTo;
}
