import type { Span } from '../../text/span.ts';
import type { Condition, QueryTextField } from '../ast.ts';
import { unquoted, withoutSigns } from '../words.ts';
import { ConditionBuilder } from './conditions.ts';
import { yearsOf } from './dates.ts';
import type { Dialect } from './dialect.ts';
import type { NoticeBook } from './notices.ts';
import { HEADING_FIELDS, type Tag } from './tags.ts';
import {
  headingCondition,
  phraseCondition,
  type TranslatedWord,
  translateWord,
  wordCondition,
} from './terms.ts';
import type { StrategyToken } from './tokens.ts';
import type { StrategyNode } from './tree.ts';

/** Headings that say how a paper was indexed: an abstract seldom says "humans". */
const CHECK_TAG = /^(?:animals?|humans?|male|female)$/i;
/** Most pairs of words that nearness is translated to. */
const MAX_PAIRS = 36;

type Term = Extract<StrategyNode, { kind: 'term' }>;
type Near = Extract<StrategyNode, { kind: 'near' }>;
type Years = Extract<StrategyToken, { kind: 'years' }>;

/** Translates the lines of one strategy to conditions. */
export class Translator {
  readonly #dialect: Dialect;
  readonly #notices: NoticeBook;
  readonly #lines: ReadonlyMap<number, Condition | undefined>;
  readonly #builder = new ConditionBuilder();

  /** @param lines what earlier lines are translated to; those that were ignored are undefined. */
  constructor(dialect: Dialect, notices: NoticeBook, lines: ReadonlyMap<number, Condition | undefined>) {
    this.#dialect = dialect;
    this.#notices = notices;
    this.#lines = lines;
  }

  /** Conditions without operators in a condition. */
  leavesOf(condition: Condition): number {
    return this.#builder.leavesOf(condition);
  }

  /**
   * @param tag of a group around the node; one of its own counts instead.
   * @returns undefined for what has no equivalent and is ignored.
   * @throws PaperSearchError BAD_REQUEST for more than 1024 conditions or 64 levels.
   */
  translate(node: StrategyNode, outer?: Tag): Condition | undefined {
    const tag = node.tag ?? outer;
    switch (node.kind) {
      case 'and':
      case 'or':
        return this.#builder.join(
          node.kind,
          node.clauses.map((clause) => this.translate(clause, tag)),
          node.span,
        );
      case 'not':
        return this.#builder.not(this.translate(node.clause, tag), node.span);
      case 'near':
        return this.#near(node, tag);
      case 'leaf':
        return this.#leaf(node.token);
      default:
        return this.#term(node, tag);
    }
  }

  #leaf(token: Extract<StrategyNode, { kind: 'leaf' }>['token']): Condition | undefined {
    switch (token.kind) {
      case 'heading':
        if (token.qualified) this.#notices.add('subheading', token.span);
        return this.#heading(token.text, token.span);
      case 'lines':
        return this.#references(token);
      case 'years':
        return this.#years(token, token.inexact, token.span);
      default:
        this.#notices.add('unsupported', token.span);
        return undefined;
    }
  }

  #references({ ranges, join, span }: Extract<StrategyToken, { kind: 'lines' }>): Condition | undefined {
    const parts: (Condition | undefined)[] = [];
    for (const [from, to] of ranges) {
      const known = this.#linesBetween(from, to);
      parts.push(...known.map((number) => this.#lines.get(number)));
      if (known.length > Math.abs(to - from)) continue;
      this.#notices.add('missing', span);
      // No paper has such an id: what is not known finds nothing.
      parts.push({ kind: 'fact', fact: 'id', text: `line ${from}${from === to ? '' : `-${to}`}`, span });
    }
    return this.#builder.join(join, parts, span);
  }

  #linesBetween(from: number, to: number): readonly number[] {
    if (from === to) return this.#lines.has(from) ? [from] : [];
    return [...this.#lines.keys()].filter((number) => number >= from && number <= to);
  }

  #years({ from, to }: Pick<Years, 'from' | 'to'>, inexact: Years['inexact'], span: Span): Condition {
    if (inexact) this.#notices.add(inexact, span);
    return { kind: 'year', from, to, span };
  }

  #heading(text: string, span: Span): Condition | undefined {
    // `"Thyroid Neoplasms/therapy"[Mesh]`: the subheading comes after the slash.
    const [name, subheading] = text.split('/');
    if (CHECK_TAG.test(name!.trim())) {
      this.#notices.add('checkTag', span);
      return undefined;
    }
    if (subheading !== undefined) this.#notices.add('subheading', span);
    this.#notices.add('heading', span);
    return this.#inFields(HEADING_FIELDS, span, (field) => headingCondition(name!, field!, span));
  }

  #term(node: Term, tag: Tag | undefined): Condition | undefined {
    const { words, span } = node;
    const text = words.map((word) => word.text).join(' ');
    switch (tag?.kind) {
      case 'unsupported':
        this.#notices.add('unsupported', span);
        return undefined;
      case 'heading':
        return this.#heading(text.replace(/[*$]/g, ''), span);
      case 'id':
        return { kind: 'fact', fact: 'id', text: unquoted(text), span };
      case 'author':
        return this.#author(text, span);
      case 'date': {
        const years = yearsOf(text);
        if (!years) this.#notices.add('date', span);
        return years && this.#years(years, tag.published ? years.inexact : 'recordDate', span);
      }
      default:
        return this.#text(node, tag);
    }
  }

  /** `Smith JA` is the family name and initials. */
  #author(text: string, span: Span): Condition | undefined {
    const name = unquoted(text).replace(/[*$,]/g, ' ').trim();
    const family = name.replace(/(?<=\p{L}{2})\s+(?:\p{Lu}{1,3}|\p{Ll}{1,2})$/u, '');
    if (family !== name) this.#notices.add('initials', span);
    const words = family.split(/\s+/).filter((word) => word !== '');
    const parts = words.map((word) => wordCondition({ kind: 'words', text: word }, 'author', span));
    return this.#builder.join('and', parts, span);
  }

  #text({ words, span }: Term, tag: Extract<Tag, { kind: 'text' }> | undefined): Condition | undefined {
    const texts = words.flatMap(({ text }) => text.split(/\s+/u)).filter((text) => text !== '');
    const translated = texts.flatMap((text) => translateWord(text, this.#dialect, span, this.#notices) ?? []);
    const isPhrase = words.some(({ quoted }) => quoted) || tag !== undefined || this.#dialect === 'ovid';
    const isTruncated = translated.some(({ kind }) => kind === 'prefix');
    const fields = tag?.fields;
    if (tag?.distance !== undefined && !isTruncated && translated.length > 1) {
      const text = withoutSigns(unquoted(translated.map((word) => word.text).join(' ')));
      const { distance } = tag;
      return this.#inFields(fields, span, (field) => ({ kind: 'near', text, distance, field, span }));
    }
    const single = words.length === 1 || this.#dialect !== 'cochrane';
    if (translated.length > 1 && isPhrase && single && !isTruncated) {
      const text = translated.map((word) => word.text).join(' ');
      return this.#inFields(fields, span, (field) => phraseCondition(text, field, span));
    }
    if (translated.length > 1 && isPhrase && isTruncated) this.#notices.add('phrase', span);
    return this.#inFields(fields, span, (field) => this.#all(translated, field, span));
  }

  #all(
    words: readonly TranslatedWord[],
    field: QueryTextField | undefined,
    span: Span,
  ): Condition | undefined {
    const parts = words.map((word) => wordCondition(word, field, span));
    return this.#builder.join('and', parts, span);
  }

  /** Nearness of single words and phrases, or of groups of them; anything else is required at any distance. */
  #near({ sides, distance, ordered, span }: Near, tag: Tag | undefined): Condition | undefined {
    const [left, right] = sides.map((side) => this.#alternativesOf(side));
    const textTag = tag ?? sides[1].tag ?? sides[0].tag;
    if (!left || !right || left.length * right.length > MAX_PAIRS || (textTag && textTag.kind !== 'text')) {
      this.#notices.add('near', span);
      const both = sides.map((side) => this.translate(side, textTag));
      return this.#builder.join('and', both, span);
    }
    const isPhrase = ordered && distance === 0;
    if (ordered && !isPhrase) this.#notices.add('order', span);
    const pairs = left.flatMap((one) => right.map((other) => withoutSigns(unquoted(`${one} ${other}`))));
    return this.#inFields(textTag?.fields, span, (field) =>
      this.#builder.join(
        'or',
        pairs.map((text) =>
          isPhrase ? phraseCondition(text, field, span) : { kind: 'near', text, distance, field, span },
        ),
        span,
      ),
    );
  }

  /** The texts that one side of nearness may be; undefined when one of them is truncated or has an operator. */
  #alternativesOf(node: StrategyNode): readonly string[] | undefined {
    if (node.kind === 'or') {
      const parts = node.clauses.map((clause) => this.#alternativesOf(clause));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    if (node.kind !== 'term') return undefined;
    const text = node.words.map((word) => word.text).join(' ');
    return /[*$?#~]/.test(text) ? undefined : [text];
  }

  #inFields(
    fields: readonly QueryTextField[] | undefined,
    span: Span,
    conditionIn: (field: QueryTextField | undefined) => Condition | undefined,
  ): Condition | undefined {
    return this.#builder.join('or', (fields ?? [undefined]).map(conditionIn), span);
  }
}
