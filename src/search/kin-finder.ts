import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import { contentOf } from '../query/intent.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import { highlightsOf } from './highlight.ts';
import { kinshipRanking, type Seed, seedTerms, seedTexts } from './kinship.ts';
import { matchFilters } from './match/filters.ts';
import type { OpenCorpus } from './open-corpus.ts';
import { pageOf } from './request.ts';
import { DEFAULT_MODE, type RelatedRequest, type RelatedResponse } from './searcher.ts';

/** Finds the kin of papers and texts in one corpus. */
export class KinFinder {
  readonly #corpus: OpenCorpus;

  constructor(corpus: OpenCorpus) {
    this.#corpus = corpus;
  }

  /** See `Searcher.related`. */
  async related(request: RelatedRequest): Promise<RelatedResponse> {
    const started = performance.now();
    const { text, mode = DEFAULT_MODE, filters } = request;
    const page = pageOf(request);
    const positive = this.#papersOf(request.positive ?? []);
    const negative = this.#papersOf(request.negative ?? []);
    const about = text?.trim() ? text : undefined;
    if (positive.length === 0 && about === undefined) {
      throw new PaperSearchError('BAD_REQUEST', 'Give a paper or a text to find the kin of.');
    }
    const both = positive.find(({ id }) => negative.some((paper) => paper.id === id));
    if (both) {
      throw new PaperSearchError(
        'BAD_REQUEST',
        `"${both.id}" is in both positive and negative: leave it in one of them.`,
      );
    }
    const { indexes, attributes, map } = this.#corpus;
    const allowed = filters && matchFilters(filters, { lexical: indexes.lexical, attributes, map });
    const seeds = positive.map((paper) => this.#seedOf(paper));
    if (about !== undefined) seeds.push(await this.#textSeed(about));
    const away = negative.map((paper) => this.#seedOf(paper));
    const { hits, total } = await kinshipRanking(
      this.#corpus.indexes,
      seeds,
      away,
      mode,
      page.offset + page.limit,
      allowed,
    );
    return {
      seeds: { positive, negative, text: about },
      mode,
      total,
      ...page,
      hits: hits.slice(page.offset).map(({ doc, score, nearest }, i) => {
        const paper = this.#corpus.paperAt(doc);
        const highlighted = new Set(nearest.sharedTerms.map(({ term }) => term));
        return {
          rank: page.offset + i + 1,
          score,
          paper,
          highlights: highlightsOf(paper, highlighted),
          nearest: { ...nearest, sharedTerms: nearest.sharedTerms.map(({ text: word }) => word) },
        };
      }),
      tookMs: elapsedMs(started),
    };
  }

  /** Each different paper once. */
  #papersOf(ids: readonly string[]): Paper[] {
    return [...new Set(ids)].map((id) => this.#corpus.paperAt(this.#corpus.docOf(id)));
  }

  #seedOf(paper: Paper): Seed {
    const doc = this.#corpus.docOf(paper.id);
    const texts = seedTexts(paper);
    return {
      id: paper.id,
      doc,
      text: texts.join('\n'),
      terms: seedTerms(texts, this.#corpus.indexes),
      vector: this.#corpus.indexes.vectorAt(doc).slice(),
    };
  }

  async #textSeed(text: string): Promise<Seed> {
    const content = contentOf(text);
    const vector = await this.#corpus.encode(content);
    return {
      id: undefined,
      doc: undefined,
      text: content,
      terms: seedTerms([content], this.#corpus.indexes),
      vector,
    };
  }
}
