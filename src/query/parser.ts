import { MAX_CONDITIONS, MAX_DEPTH } from '../limits.ts';
import type { Span } from '../text/span.ts';
import type { Condition, Query, QueryFact, QueryNotice, QueryTextField } from './ast.ts';
import { isFact } from './fields.ts';
import { refusal } from './refusal.ts';
import { assignRoles, type RoleToken } from './roles.ts';
import { tokenizeQuery } from './tokenizer.ts';
import { unquoted } from './words.ts';

export interface ParseOptions {
  /** Throw where a part would otherwise be searched as text, with a notice. Default: false. */
  readonly strict?: boolean | undefined;
}

/**
 * Parses a query. Plain words rank and exclude nothing; what is written with an operator is required.
 * Precedence, tightest first: minus sign, neighbours, NOT, AND, OR. NOT takes the plain words after it, or the
 * one condition. Time is linear in the length of the text.
 * @throws PaperSearchError BAD_REQUEST for more than 64 nested groups or 256 conditions, and with `strict` for
 *   anything that gives a notice; `details.span` is the place, in UTF-16 code units.
 */
export function parseQuery(text: string, { strict = false }: ParseOptions = {}): Query {
  const notices: QueryNotice[] = [];
  const onNotice = (start: number, end: number, message: string) =>
    notices.push({ span: { start, end }, message });
  const tokens = assignRoles(tokenizeQuery(text, onNotice), onNotice);
  notices.sort((one, other) => one.span.start - other.span.start);
  if (strict && notices[0]) throw refusal(notices[0].message, notices[0].span);
  return { ...new Parser(tokens).run(), notices };
}

type Field = QueryTextField | QueryFact | undefined;
/** Collects plain words that are not part of a condition. */
type PlainText = { readonly text: string; readonly span: Span }[];

class Parser {
  readonly #tokens: readonly RoleToken[];
  #at = 0;
  #depth = 0;
  #leaves = 0;

  constructor(tokens: readonly RoleToken[]) {
    this.#tokens = tokens;
  }

  run(): Pick<Query, 'plain' | 'condition'> {
    if (this.#joins()) return { plain: '', condition: this.#or(undefined) };
    const plain: PlainText = [];
    const conditions = this.#neighbours(undefined, plain);
    return { plain: joined(plain), condition: conditions.length ? combined('and', conditions) : undefined };
  }

  /** Whether there is an AND or OR outside all groups. */
  #joins(): boolean {
    let depth = 0;
    for (const { kind } of this.#tokens) {
      if (kind === 'open') depth++;
      else if (kind === 'close') depth--;
      else if (depth === 0 && (kind === 'AND' || kind === 'OR')) return true;
    }
    return false;
  }

  #or(field: Field): Condition {
    const clauses = [this.#and(field)];
    while (this.#eat('OR')) clauses.push(this.#and(field));
    return combined('or', clauses);
  }

  #and(field: Field): Condition {
    const clauses = this.#neighbours(field);
    while (this.#eat('AND')) clauses.push(...this.#neighbours(field));
    return combined('and', clauses);
  }

  /** Neighbouring operands. With `plain`, words that no operator applies to are added to it. */
  #neighbours(field: Field, plain?: PlainText): Condition[] {
    const conditions: Condition[] = [];
    for (let token = this.#token; token; token = this.#token) {
      if (token.kind === 'AND' || token.kind === 'OR' || token.kind === 'close') break;
      if (plain && (token.kind === 'word' || token.kind === 'mark')) {
        plain.push(token);
        this.#at++;
      } else if (token.kind === 'mark') this.#at++;
      else conditions.push(this.#operand(field));
    }
    return conditions;
  }

  /** A run of words, or one condition. */
  #operand(field: Field): Condition {
    while (this.#eat('mark'));
    const token = this.#token!;
    if (token.kind === 'word') return this.#words(field);
    this.#at++;
    switch (token.kind) {
      case 'leaf':
        return this.#leaf(inField(token.condition, field), token.span);
      case 'field':
        return this.#operand(token.field);
      case 'NOT':
        return this.#not(token.span, () => this.#operand(field));
      case 'minus':
        return this.#not(token.span, () =>
          this.#token?.kind === 'word' ? this.#words(field, 1) : this.#operand(field),
        );
      default:
        return this.#group(token.kind === 'open' && token.nests, token.span, field);
    }
  }

  #words(field: Field, most = Number.POSITIVE_INFINITY): Condition {
    const words: string[] = [];
    const { start } = this.#token!.span;
    let end = start;
    for (let token = this.#token; words.length < most; token = this.#token) {
      if (token?.kind === 'word') {
        words.push(token.text);
        end = token.span.end;
      } else if (token?.kind !== 'mark') break;
      this.#at++;
    }
    const span = { start, end };
    return this.#leaf(inField({ kind: 'words', text: words.join(' '), field: undefined, span }, field), span);
  }

  #leaf(condition: Condition, span: Span): Condition {
    if (++this.#leaves <= MAX_CONDITIONS) return condition;
    throw refusal(`there are more than ${MAX_CONDITIONS} conditions. Ask for fewer.`, span);
  }

  #not({ start, end }: Span, operand: () => Condition): Condition {
    const clause = this.#nested({ start, end }, operand);
    return { kind: 'not', clause, span: { start, end: clause.span.end } };
  }

  #group(nests: boolean, span: Span, field: Field): Condition {
    const inside = () => this.#or(field);
    const condition = nests ? this.#nested(span, inside) : inside();
    this.#at++;
    return condition;
  }

  #nested(span: Span, inner: () => Condition): Condition {
    if (++this.#depth > MAX_DEPTH) {
      throw refusal(`more than ${MAX_DEPTH} groups are nested. Remove some.`, span);
    }
    const condition = inner();
    this.#depth--;
    return condition;
  }

  get #token(): RoleToken | undefined {
    return this.#tokens[this.#at];
  }

  #eat(kind: RoleToken['kind']): boolean {
    if (this.#token?.kind !== kind) return false;
    this.#at++;
    return true;
  }
}

/** One condition of several; groups of the same kind become one. */
function combined(kind: 'and' | 'or', conditions: readonly Condition[]): Condition {
  if (conditions.length === 1) return conditions[0]!;
  const clauses = conditions.flatMap((condition) =>
    condition.kind === kind ? condition.clauses : [condition],
  );
  const span = { start: conditions[0]!.span.start, end: conditions.at(-1)!.span.end };
  return { kind, clauses, span };
}

/** A condition within `field:( )`; one that names a field of its own keeps it. */
function inField(condition: Condition, field: Field): Condition {
  if (field === undefined || !('field' in condition) || condition.field !== undefined) return condition;
  const { text, span } = condition;
  return isFact(field) ? { kind: 'fact', fact: field, text: unquoted(text), span } : { ...condition, field };
}

/** Plain words with one blank between those that do not touch. */
function joined(parts: PlainText): string {
  let text = '';
  let end = -1;
  for (const part of parts) {
    text += (text === '' || part.span.start === end ? '' : ' ') + part.text;
    end = part.span.end;
  }
  return text;
}
