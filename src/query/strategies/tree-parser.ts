import { MAX_DEPTH } from '../../limits.ts';
import type { Span } from '../../text/span.ts';
import { refusal } from '../refusal.ts';
import type { Dialect } from './dialect.ts';
import type { NoticeBook } from './notices.ts';
import type { StrategyOperator, StrategyToken } from './tokens.ts';
import type { StrategyNode } from './tree.ts';

/**
 * Parses one line of a strategy. PubMed reads AND, OR and NOT from left to right; the others bind NOT and AND tighter
 * than OR, and nearness tighter than both. What has no operand or partner is ignored, with a notice.
 * @returns undefined for a line without an operand.
 * @throws PaperSearchError BAD_REQUEST for more than 64 nested groups.
 */
export function parseLine(
  tokens: readonly StrategyToken[],
  dialect: Dialect,
  notices: NoticeBook,
): StrategyNode | undefined {
  return new TreeParser(tokens, dialect, notices).run();
}

class TreeParser {
  readonly #tokens: readonly StrategyToken[];
  readonly #dialect: Dialect;
  readonly #notices: NoticeBook;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly StrategyToken[], dialect: Dialect, notices: NoticeBook) {
    this.#tokens = tokens;
    this.#dialect = dialect;
    this.#notices = notices;
  }

  run(): StrategyNode | undefined {
    const parts: StrategyNode[] = [];
    while (this.#token) {
      const part = this.#expression();
      if (part) parts.push(part);
      // Only a closing bracket ends an expression before the end.
      if (this.#token) this.#skip('bracket');
    }
    return this.#joined('and', parts);
  }

  get #token(): StrategyToken | undefined {
    return this.#tokens[this.#at];
  }

  #skip(kind: 'bracket' | 'operator' | 'loneTag'): void {
    this.#notices.add(kind, this.#token!.span);
    this.#at++;
  }

  #expression(): StrategyNode | undefined {
    return this.#dialect === 'pubmed' ? this.#leftToRight() : this.#byPrecedence();
  }

  #operands(): { operator: StrategyOperator | undefined; node: StrategyNode }[] {
    const found: { operator: StrategyOperator | undefined; node: StrategyNode }[] = [];
    let operator: Extract<StrategyToken, { kind: 'operator' }> | undefined;
    for (let token = this.#token; token && token.kind !== 'close'; token = this.#token) {
      if (token.kind === 'operator') {
        // `NOT` may begin an expression; `AND NOT` is NOT.
        if (operator && token.operator !== 'not') this.#notices.add('operator', operator.span);
        operator = token;
        this.#at++;
        continue;
      }
      const node = this.#nearness();
      if (!node) continue;
      if (!operator && found.length > 0) this.#notices.add('implicit', spanOf([found.at(-1)!.node, node]));
      const isFirst = found.length === 0;
      if (isFirst && operator && operator.operator !== 'not') this.#notices.add('operator', operator.span);
      found.push({
        operator: isFirst && operator?.operator !== 'not' ? undefined : (operator?.operator ?? 'and'),
        node,
      });
      operator = undefined;
    }
    if (operator) this.#notices.add('operator', operator.span);
    return found;
  }

  #byPrecedence(): StrategyNode | undefined {
    const alternatives: StrategyNode[][] = [[]];
    for (const { operator, node } of this.#operands()) {
      if (operator === 'or') alternatives.push([]);
      alternatives.at(-1)!.push(operator === 'not' ? negated(node) : node);
    }
    return this.#joined(
      'or',
      alternatives.flatMap((clauses) => this.#joined('and', clauses) ?? []),
    );
  }

  /** Clauses of the same operator in a row are one node, so that long lists are not deep. */
  #leftToRight(): StrategyNode | undefined {
    let kind: 'and' | 'or' = 'and';
    let clauses: StrategyNode[] = [];
    const operands = this.#operands();
    for (const { operator, node } of operands) {
      const next = operator === 'or' ? 'or' : 'and';
      if (operator !== undefined && next !== kind && clauses.length > 1) {
        if (kind === 'or') this.#notices.add('leftToRight', spanOf(operands.map((operand) => operand.node)));
        clauses = [this.#joined(kind, clauses)!];
      }
      if (operator !== undefined) kind = next;
      clauses.push(operator === 'not' ? negated(node) : node);
    }
    return this.#joined(kind, clauses);
  }

  #nearness(): StrategyNode | undefined {
    const sides: StrategyNode[] = [];
    const pairs: StrategyNode[] = [];
    let near: Extract<StrategyToken, { kind: 'near' }> | undefined;
    for (;;) {
      const side = this.#operand();
      if (!side) {
        if (near) this.#notices.add('operator', near.span);
        break;
      }
      if (near) {
        const { distance, ordered } = near;
        const span = spanOf([sides.at(-1)!, side]);
        pairs.push({ kind: 'near', distance, ordered, sides: [sides.at(-1)!, side], span });
      }
      sides.push(side);
      if (this.#token?.kind !== 'near') break;
      near = this.#token;
      this.#at++;
    }
    if (pairs.length === 0) return sides[0];
    // `heart adj3 attack.tw.`: a tag after the last side applies to all of them.
    const tag = sides.at(-1)!.tag;
    return { ...this.#joined('and', pairs)!, tag };
  }

  /** A group, a run of words or a leaf, with the tags after it. */
  #operand(): StrategyNode | undefined {
    const token = this.#token;
    if (!token || token.kind === 'close' || token.kind === 'operator') return undefined;
    if (token.kind === 'near' || token.kind === 'tag') {
      this.#skip(token.kind === 'tag' ? 'loneTag' : 'operator');
      return undefined;
    }
    if (token.kind === 'open') return this.#tagged(this.#group(token.span));
    if (token.kind !== 'word') {
      this.#at++;
      return this.#tagged({ kind: 'leaf', token, span: token.span });
    }
    const words = [token];
    this.#at++;
    for (let next = this.#token; next?.kind === 'word'; next = this.#token) {
      words.push(next);
      this.#at++;
    }
    return this.#tagged({ kind: 'term', words, span: spanOf(words) });
  }

  #group(open: Span): StrategyNode | undefined {
    if (++this.#depth > MAX_DEPTH) {
      throw refusal(`more than ${MAX_DEPTH} groups are nested. Remove some.`, open);
    }
    this.#at++;
    const inner = this.#expression();
    const close = this.#token?.span;
    if (close) this.#at++;
    else this.#notices.add('bracket', open);
    this.#depth--;
    return inner && { ...inner, span: { start: open.start, end: close?.end ?? inner.span.end } };
  }

  #tagged(node: StrategyNode | undefined): StrategyNode | undefined {
    let tagged = node;
    for (let token = this.#token; token?.kind === 'tag'; token = this.#token) {
      if (!tagged || tagged.tag) this.#notices.add('loneTag', token.span);
      if (tagged) tagged = { ...tagged, tag: tagged.tag ?? token.tag, span: spanOf([tagged, token]) };
      this.#at++;
    }
    return tagged;
  }

  #joined(kind: 'and' | 'or', clauses: readonly StrategyNode[]): StrategyNode | undefined {
    return clauses.length < 2 ? clauses[0] : { kind, clauses, span: spanOf(clauses) };
  }
}

function negated(clause: StrategyNode): StrategyNode {
  return { kind: 'not', clause, span: clause.span };
}

function spanOf(parts: readonly { readonly span: Span }[]): Span {
  return { start: parts[0]!.span.start, end: parts.at(-1)!.span.end };
}
