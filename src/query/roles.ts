import { countUpTo } from './brackets.ts';
import { findOperators } from './operands.ts';
import { isOperator, type OnNotice, type QueryToken } from './tokens.ts';

/** A token that has an effect: every operator has its operands, every bracket its match. */
export type RoleToken = Exclude<QueryToken, { kind: 'open' }> | GroupBracket;

/** A bracket that groups. `nests`: there are operators inside, not only words. */
interface GroupBracket {
  readonly kind: 'open';
  readonly nests: boolean;
  readonly span: QueryToken['span'];
}

/**
 * Decides which operators and brackets have an effect. An operator without operands becomes a word in lower case
 * ("cats AND" gives "cats and"); a field or minus sign before nothing becomes a mark. Brackets group when an operator is
 * inside them, or NOT, a minus sign or a field before them; others are marks, as in prose.
 * @param onNotice called for each that has no effect.
 */
export function assignRoles(tokens: readonly QueryToken[], onNotice: OnNotice): RoleToken[] {
  const { brackets, live } = findOperators(tokens);
  const operators = countUpTo(tokens, (token, at) => live[at]! || isFieldLeaf(token));
  const leaves = countUpTo(tokens, ({ kind }) => kind === 'leaf');
  const words = countUpTo(tokens, ({ kind }, at) => kind === 'word' || (isOperator(kind) && !live[at]));

  const roleOfGroup = (open: number): 'nesting' | 'grouping' | 'empty' | 'prose' => {
    const within = (counts: readonly number[]) => counts[brackets.get(open)!]! - counts[open]!;
    if (within(operators) > 0) return 'nesting';
    if (within(words) === 0 && within(leaves) === 0) return 'prose';
    const leader = tokens[open - 1]?.kind;
    if (live[open - 1] && leader !== 'AND' && leader !== 'OR') return 'grouping';
    // ("exact phrase"): nothing stays between the brackets.
    return within(words) === 0 ? 'empty' : 'prose';
  };

  const roles: RoleToken[] = [];
  for (const [at, token] of tokens.entries()) {
    const { span } = token;
    if (token.kind === 'open' || token.kind === 'close') {
      const sign = token.kind === 'open' ? '(' : ')';
      const partner = brackets.get(at);
      const role = partner === undefined ? 'prose' : roleOfGroup(Math.min(at, partner));
      if (partner === undefined) {
        onNotice(span.start, span.end, `"${sign}" was searched as text: it has no matching bracket.`);
      }
      if (role === 'prose') roles.push({ kind: 'mark', text: sign, span });
      else if (role !== 'empty') {
        roles.push(token.kind === 'open' ? { kind: 'open', nests: role === 'nesting', span } : token);
      }
    } else if (!live[at] && (token.kind === 'NOT' || token.kind === 'AND' || token.kind === 'OR')) {
      const side = token.kind === 'NOT' ? 'after it' : 'on both sides';
      onNotice(span.start, span.end, `"${token.kind}" was searched as a word: it needs a term ${side}.`);
      roles.push({ kind: 'word', text: token.kind.toLowerCase(), span });
    } else if (!live[at] && (token.kind === 'minus' || token.kind === 'field')) {
      const text = token.kind === 'minus' ? '-' : token.text;
      onNotice(
        span.start,
        span.end,
        `"${text}" was searched as text: nothing that it could apply to follows it.`,
      );
      roles.push({ kind: 'mark', text, span });
    } else {
      roles.push(token);
    }
  }
  return roles;
}

/** `title:x` and the like: brackets around them are a group; around a phrase they are not. */
function isFieldLeaf(token: QueryToken): boolean {
  return token.kind === 'leaf' && (!('field' in token.condition) || token.condition.field !== undefined);
}
