import { PaperSearchError } from '../../../errors.ts';
import { MAX_CONDITIONS, MAX_DEPTH } from '../../../limits.ts';
import type { Condition, TextCondition } from '../../../query/ast.ts';
import { type BulkToken, bulkTokens } from './bulk-query-tokens.ts';

/** The fields that a bulk query searches. */
const FIELDS = ['title', 'abstract'] as const;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Parses a query of the bulk search: adjacent words and phrases are all required; `+` and, `|` or, `-` not, `( )`
 * groups, `"…"` phrases, `prefix*`, `word~N` (N edits), `"…"~N` (N other words within the phrase). Negation binds
 * tightest, then "and", then "or". Words match titles and abstracts by their stems.
 * @returns undefined for an empty query.
 * @throws PaperSearchError BAD_REQUEST for more than 64 nested groups or 256 words and phrases.
 */
export function parseBulkQuery(query: string): Condition | undefined {
  return new BulkParser(bulkTokens(query)).run();
}

class BulkParser {
  readonly #tokens: readonly BulkToken[];
  #at = 0;
  #depth = 0;
  #leaves = 0;

  constructor(tokens: readonly BulkToken[]) {
    this.#tokens = tokens;
  }

  run(): Condition | undefined {
    const parts: (Condition | undefined)[] = [];
    while (this.#at < this.#tokens.length) {
      parts.push(this.#or());
      // An unmatched closing bracket.
      this.#skip('close');
    }
    return combined('and', parts);
  }

  #or(): Condition | undefined {
    const parts = [this.#and()];
    while (this.#skip('or')) parts.push(this.#and());
    return combined('or', parts);
  }

  #and(): Condition | undefined {
    const parts: (Condition | undefined)[] = [];
    for (
      let token = this.#token;
      token && token.kind !== 'or' && token.kind !== 'close';
      token = this.#token
    ) {
      if (!this.#skip('and')) parts.push(this.#operand());
    }
    return combined('and', parts);
  }

  /** The next token begins an operand. */
  #operand(): Condition | undefined {
    const token = this.#tokens[this.#at++]!;
    switch (token.kind) {
      case 'not':
        return this.#not(token);
      case 'open':
        return this.#nested(() => {
          const inside = this.#or();
          this.#skip('close');
          return inside;
        });
      case 'word':
      case 'phrase':
      case 'prefix':
        return this.#leaf(token);
      default:
        return undefined;
    }
  }

  #not({ start }: BulkToken): Condition | undefined {
    const { kind } = this.#token ?? {};
    if (kind === undefined || kind === 'or' || kind === 'close' || kind === 'and') return undefined;
    const clause = this.#nested(() => this.#operand());
    return clause && { kind: 'not', clause, span: { start, end: clause.span.end } };
  }

  #leaf(token: Extract<BulkToken, { text: string }>): Condition | undefined {
    if (!LETTER_OR_DIGIT.test(token.text)) return undefined;
    if (++this.#leaves > MAX_CONDITIONS) throw tooComplex(`more than ${MAX_CONDITIONS} words and phrases`);
    const { start, end } = token;
    const span = { start, end };
    const clauses = FIELDS.map((field): TextCondition => ({ ...conditionOf(token), field, span }));
    return { kind: 'or', clauses, span };
  }

  #nested<T>(inner: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw tooComplex(`more than ${MAX_DEPTH} nested groups`);
    const result = inner();
    this.#depth--;
    return result;
  }

  get #token(): BulkToken | undefined {
    return this.#tokens[this.#at];
  }

  #skip(kind: BulkToken['kind']): boolean {
    if (this.#token?.kind !== kind) return false;
    this.#at++;
    return true;
  }
}

/** The condition of a word, phrase or prefix on one field. */
function conditionOf(token: Extract<BulkToken, { text: string }>) {
  const { text } = token;
  if (token.kind === 'prefix') return { kind: 'prefix', text } as const;
  const { slop } = token;
  if (token.kind === 'phrase') {
    return slop ? ({ kind: 'near', text, distance: slop } as const) : ({ kind: 'phrase', text } as const);
  }
  // The index supports one or two edits; Semantic Scholar does not allow more either.
  return slop
    ? ({ kind: 'fuzzy', text, edits: slop === 1 ? 1 : 2 } as const)
    : ({ kind: 'words', text } as const);
}

function combined(kind: 'and' | 'or', parts: readonly (Condition | undefined)[]): Condition | undefined {
  const clauses = parts.filter((part) => part !== undefined);
  const [first] = clauses;
  if (!first || clauses.length === 1) return first;
  return { kind, clauses, span: { start: first.span.start, end: clauses.at(-1)!.span.end } };
}

function tooComplex(what: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', `The query has ${what}. Ask for fewer.`, {
    details: { parameter: 'query' },
  });
}
