import { TEXT_FIELDS, type TextField } from '../../../papers/fields.ts';
import type { Paper } from '../../../papers/paper.ts';
import { languageOf } from '../../../papers/text-language.ts';
import { type AnalyzedToken, termOf } from '../../../text/analyzer.ts';
import { analysisLanguage } from '../../../text/languages.ts';
import { plainUnicode } from '../../../text/markup/plain-form.ts';
import { NO_TERM, wordTerm } from '../../../text/stemmer.ts';
import { type ChainTokens, readWords } from '../../../text/tokenizer.ts';
import { Growable } from '../../binary/growable.ts';
import { type AnalyzedField, analyzedText, textsOf } from '../analyzed-fields.ts';
import { spellingTerm } from './compounds.ts';
import { languageTerm } from './languages.ts';
import { FIELD_GAP } from './positions.ts';
import { MAX_FIELD_LENGTH, type Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { WordTable } from './word-table.ts';

/** The number of a stop word, which is not a term. */
const NO_NUMBER = 0xffffffff;
/** A place is a position times 8, and its field: places of a paper ascend as its positions do. */
const FIELD_BITS = 3;
const FIELD_MASK = 7;

/** A term of a chain: its number, how far after the chain's first word it is, and whether it counts as a word of the field. */
interface ChainTerm {
  readonly number: number;
  readonly position: number;
  readonly counts: boolean;
}

/** Inverts papers in memory: tokens are collected as they come and sorted by term at the end. */
export class SegmentBuilder {
  documents = 0;
  readonly #terms = new Map<string, number>();
  readonly #words = new WordTable();
  readonly #chains = new Map<ChainTokens, readonly ChainTerm[]>();
  /** One entry a token: its term, numbered as they came, and its place. */
  readonly #tokenTerms = new Growable(Uint32Array);
  readonly #tokenPlaces = new Growable(Uint32Array);
  /** Tokens of all documents up to each. */
  readonly #docEnds = new Growable(Uint32Array);
  readonly #fieldLengths = new Growable(Uint16Array);
  /** Of the posting that is being written; used again by the next. */
  readonly #counts = new Uint32Array(TEXT_FIELDS.length);
  readonly #positions: number[] = [];
  /** The text that is being read: where its positions begin, its field, its terms and the position of the last. */
  #base = 0;
  #field = 0;
  #length = 0;
  #last = 0;

  /**
   * Takes in the next paper; its position is the number of papers before.
   * @param fields its terms, where the caller has them.
   */
  add(paper: Paper, fields?: readonly AnalyzedField[]): void {
    this.documents++;
    this.#base = 0;
    const own = analysisLanguage(paper.language);
    if (own !== 'en') this.#addToken(this.#numberOf(languageTerm(own)), 0, 0);
    for (const [field, name] of TEXT_FIELDS.entries()) {
      this.#field = field;
      this.#length = 0;
      if (fields) for (const { tokens } of fields[field]!.texts) this.#addTokens(tokens);
      else this.#addField(paper, name);
      this.#fieldLengths.push(Math.min(this.#length, MAX_FIELD_LENGTH));
    }
    this.#docEnds.push(this.#tokenTerms.length);
  }

  /** The segment of all papers so far. The builder is of no more use. */
  finish(): Segment {
    const { starts, docs, places } = this.#tokensByTerm();
    const terms = Array.from(this.#terms.keys()).sort();
    const writer = new SegmentWriter();
    for (const term of terms) {
      writer.beginTerm(term);
      const number = this.#terms.get(term)!;
      const end = starts[number + 1]!;
      for (let i = starts[number]!; i < end; ) {
        const doc = docs[i]!;
        const first = i++;
        while (i < end && docs[i] === doc) i++;
        if (i > first + 1) this.#addPosting(writer, doc, places, first, i);
        else writer.addSingle(doc, places[first]! & FIELD_MASK, places[first]! >>> FIELD_BITS);
      }
    }
    return writer.finish(this.#fieldLengths.trimmed());
  }

  /** A posting of several tokens, whose places are `places[first, end)`: they are put in order here. */
  #addPosting(writer: SegmentWriter, doc: number, places: Uint32Array, first: number, end: number): void {
    const counts = this.#counts.fill(0);
    const positions = this.#positions;
    for (let i = first; i < end; i++) {
      const place = places[i]!;
      // A compound comes after its parts, with the position of the first: it is moved before some of them.
      let at = i;
      for (; at > first && places[at - 1]! > place; at--) places[at] = places[at - 1]!;
      places[at] = place;
      counts[place & FIELD_MASK]!++;
    }
    for (let i = first; i < end; i++) positions[i - first] = places[i]! >>> FIELD_BITS;
    writer.addPosting(doc, counts, positions);
  }

  #addField(paper: Paper, name: TextField): void {
    const language = languageOf(paper, name);
    for (const text of textsOf(paper, name)) {
      if (language === 'en') this.#addEnglish(text);
      else this.#addTokens(analyzedText(text, language).tokens);
    }
  }

  #addTokens(tokens: readonly AnalyzedToken[]): void {
    for (const token of tokens) {
      this.#addTerm(this.#numberOf(token.term), token.position);
      if (token.parts.length > 1) {
        this.#addToken(this.#numberOf(spellingTerm(token)), this.#base + token.position, this.#field);
      }
    }
    this.#endText();
  }

  /** The same as the tokens of `analyze`, which are not made here. */
  #addEnglish(text: string): void {
    const plain = plainUnicode(text);
    readWords(plain, {
      word: (start, end, position) => {
        const number = this.#words.numberOf(plain, start, end, this.#numberOfWord);
        if (number !== NO_NUMBER) this.#addTerm(number, position);
      },
      chain: (tokens, _at, first) => {
        for (const { number, position, counts } of this.#termsOfChain(tokens)) {
          if (counts) this.#addTerm(number, first + position);
          else this.#addToken(number, this.#base + first + position, this.#field);
        }
      },
    });
    this.#endText();
  }

  #termsOfChain(tokens: ChainTokens): readonly ChainTerm[] {
    let terms = this.#chains.get(tokens);
    if (!terms) {
      terms = tokens.own.flatMap((token): ChainTerm[] => {
        const { position, parts } = token;
        const term = termOf('', token, 'en');
        if (term === NO_TERM) return [];
        const own = { number: this.#numberOf(term), position, counts: true };
        if (parts.length < 2) return [own];
        return [own, { number: this.#numberOf(spellingTerm({ term, parts })), position, counts: false }];
      });
      this.#chains.set(tokens, terms);
    }
    return terms;
  }

  #numberOf(term: string): number {
    let number = this.#terms.get(term);
    if (number === undefined) {
      number = this.#terms.size;
      this.#terms.set(term, number);
    }
    return number;
  }

  readonly #numberOfWord = (word: string): number => {
    const term = wordTerm(word);
    return term === NO_TERM ? NO_NUMBER : this.#numberOf(term);
  };

  /** A term of the text that is being read. */
  #addTerm(number: number, position: number): void {
    this.#addToken(number, this.#base + position, this.#field);
    if (position > this.#last) this.#last = position;
    this.#length++;
  }

  #addToken(number: number, position: number, field: number): void {
    this.#tokenTerms.push(number);
    this.#tokenPlaces.push(position * (FIELD_MASK + 1) + field);
  }

  #endText(): void {
    this.#base += this.#last + FIELD_GAP;
    this.#last = 0;
  }

  /** Counting sort: the tokens of term n have `docs` and `places` of `[starts[n], starts[n + 1])`, in the order they came. */
  #tokensByTerm(): { starts: Uint32Array; docs: Uint32Array; places: Uint32Array } {
    const terms = this.#tokenTerms.view();
    const tokenPlaces = this.#tokenPlaces.view();
    const docEnds = this.#docEnds.view();
    const starts = new Uint32Array(this.#terms.size + 1);
    for (let token = 0; token < terms.length; token++) starts[terms[token]! + 1]!++;
    for (let term = 1; term < starts.length; term++) starts[term]! += starts[term - 1]!;
    const next = starts.slice();
    const docs = new Uint32Array(terms.length);
    const places = new Uint32Array(terms.length);
    let token = 0;
    for (let doc = 0; doc < docEnds.length; doc++) {
      for (const end = docEnds[doc]!; token < end; token++) {
        const at = next[terms[token]!]!++;
        docs[at] = doc;
        places[at] = tokenPlaces[token]!;
      }
    }
    return { starts, docs, places };
  }
}
