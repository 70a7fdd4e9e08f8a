import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { Paper } from '../../../papers/paper.ts';
import { analysisLanguage } from '../../../text/languages.ts';
import { Growable } from '../../binary/growable.ts';
import { type AnalyzedField, analyzedFields } from '../analyzed-fields.ts';
import { spellingTerm } from './compounds.ts';
import { languageTerm } from './languages.ts';
import { FIELD_GAP } from './positions.ts';
import { MAX_FIELD_LENGTH, type Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Inverts papers in memory: tokens are collected as they come and sorted by term at the end. */
export class SegmentBuilder {
  documents = 0;
  readonly #terms = new Map<string, number>();
  /** One entry a token: its term (numbered as they came), document, position and field. */
  readonly #tokenTerms = new Growable(Uint32Array);
  readonly #tokenDocs = new Growable(Uint32Array);
  readonly #tokenPositions = new Growable(Uint32Array);
  readonly #tokenFields = new Growable(Uint8Array);
  readonly #fieldLengths = new Growable(Uint16Array);

  /**
   * Takes in the next paper; its position is the number of papers before.
   * @param fields its terms, where the caller has them.
   */
  add(paper: Paper, fields: readonly AnalyzedField[] = analyzedFields(paper)): void {
    const doc = this.documents++;
    let base = 0;
    const own = analysisLanguage(paper.language);
    if (own !== 'en') this.#addToken(languageTerm(own), doc, 0, 0);
    for (const [field, { texts }] of fields.entries()) {
      let length = 0;
      for (const { tokens } of texts) {
        let last = 0;
        for (const token of tokens) {
          this.#addToken(token.term, doc, base + token.position, field);
          if (token.parts.length > 1) this.#addToken(spellingTerm(token), doc, base + token.position, field);
          last = Math.max(last, token.position);
          length++;
        }
        base += last + FIELD_GAP;
      }
      this.#fieldLengths.push(Math.min(length, MAX_FIELD_LENGTH));
    }
  }

  /** The segment of all papers so far. The builder is of no more use. */
  finish(): Segment {
    const order = this.#tokensByTerm();
    const terms = Array.from(this.#terms.keys()).sort();
    const writer = new SegmentWriter();
    const docs = this.#tokenDocs.view();
    const positions = this.#tokenPositions.view();
    const fields = this.#tokenFields.view();
    const counts = new Uint32Array(TEXT_FIELDS.length);
    for (const term of terms) {
      writer.beginTerm(term);
      const number = this.#terms.get(term)!;
      const end = order.starts[number + 1]!;
      for (let i = order.starts[number]!; i < end; ) {
        const doc = docs[order.tokens[i]!]!;
        counts.fill(0);
        const here: number[] = [];
        for (; i < end && docs[order.tokens[i]!] === doc; i++) {
          const token = order.tokens[i]!;
          counts[fields[token]!]!++;
          here.push(positions[token]!);
        }
        // A compound comes after its parts, with the position of the first.
        if (here.length > 1) here.sort((a, b) => a - b);
        writer.addPosting(doc, counts, here);
      }
    }
    return writer.finish(this.#fieldLengths.trimmed());
  }

  #addToken(term: string, doc: number, position: number, field: number): void {
    let number = this.#terms.get(term);
    if (number === undefined) {
      number = this.#terms.size;
      this.#terms.set(term, number);
    }
    this.#tokenTerms.push(number);
    this.#tokenDocs.push(doc);
    this.#tokenPositions.push(position);
    this.#tokenFields.push(field);
  }

  /** Counting sort: the tokens of term n are `tokens[starts[n], starts[n + 1])`, in the order they came. */
  #tokensByTerm(): { tokens: Uint32Array; starts: Uint32Array } {
    const terms = this.#tokenTerms.view();
    const starts = new Uint32Array(this.#terms.size + 1);
    for (let token = 0; token < terms.length; token++) starts[terms[token]! + 1]!++;
    for (let term = 1; term < starts.length; term++) starts[term]! += starts[term - 1]!;
    const next = starts.slice();
    const tokens = new Uint32Array(terms.length);
    for (let token = 0; token < terms.length; token++) tokens[next[terms[token]!]!++] = token;
    return { tokens, starts };
  }
}
