import type {
  KeywordEngine,
  KeywordIndex,
  KeywordWeights,
  QueryTerm,
} from '../../indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../indexes/keyword/query-terms.ts';
import { CodeIndex } from '../../indexes/vectors/code-index.ts';
import { CodeMemory } from '../../indexes/vectors/code-memory.ts';
import type { Paper } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { DEFAULT_FUSION, FUSIONS } from '../../search/fuse/methods.ts';
import { pause } from '../../util/pause.ts';
import type { TuningKind } from './queries.ts';
import type { TunedWeights } from './weights.ts';

/** A query as papers are ranked by it. */
export interface PreparedQuery {
  readonly kind: TuningKind;
  /** Position of the relevant paper. */
  readonly doc: number;
  readonly terms: readonly QueryTerm[];
  /** One a paper. */
  readonly cosines: Float32Array;
}

/** An index in memory that ranks papers for the same queries with many weights. */
export class HeldOutIndex {
  readonly #engine: KeywordEngine;
  readonly #serialized: Uint8Array;
  readonly #lexical: KeywordIndex;
  readonly #dense: CodeIndex;
  readonly #fused: Float64Array;

  private constructor(engine: KeywordEngine, serialized: Uint8Array, dense: CodeIndex) {
    this.#engine = engine;
    this.#serialized = serialized;
    this.#lexical = engine.load(serialized);
    this.#dense = dense;
    this.#fused = new Float64Array(dense.size);
  }

  /** @param vectors one a paper, L2-normalised. */
  static async build(
    papers: readonly Paper[],
    vectors: readonly Float32Array[],
    engine: KeywordEngine,
    options: Parameters<KeywordEngine['build']>[1],
  ): Promise<HeldOutIndex> {
    const lexical = await engine.build(papers, options);
    const serialized = new Uint8Array(Buffer.concat(lexical.serialize()));
    const codes = new CodeMemory(papers.length, vectors[0]!.length);
    for (const [doc, vector] of vectors.entries()) codes.encode(doc, vector);
    return new HeldOutIndex(engine, serialized, new CodeIndex(codes));
  }

  /** The text of a query that papers are ranked by: as in the stage `encode` of a search for plain words. */
  contentOf(text: string): string {
    return splitSolidWords(contentOf(text), this.#lexical);
  }

  /** @param content see `contentOf`. @param vector of it. @param doc position of its paper. */
  prepare(kind: TuningKind, content: string, vector: Float32Array, doc: number): PreparedQuery {
    const cosines = this.#dense.score(vector).scores.slice();
    return { kind, doc, terms: queryTerms(content, this.#lexical), cosines };
  }

  /**
   * How well each query finds its paper with several weights. Lets other work of this thread run.
   * @param settings several with the same keyword weights (the same object) take little longer than one.
   * @returns for each setting, reciprocal ranks (`reciprocalRankAt10`) in the order of the queries.
   */
  async measure(
    settings: readonly TunedWeights[],
    queries: readonly PreparedQuery[],
    signal?: AbortSignal,
  ): Promise<number[][]> {
    const measured: number[][] = settings.map(() => []);
    for (const bm25 of new Set(settings.map((setting) => setting.bm25))) {
      const members = [...settings.entries()].filter(([, setting]) => setting.bm25 === bm25);
      const lexical = this.#keywordIndexWith(bm25);
      for (const { terms, cosines, doc } of queries) {
        const keyword = lexical.score(terms);
        for (const [number, setting] of members) {
          FUSIONS[DEFAULT_FUSION](setting).fuse(keyword, cosines, this.#fused);
          measured[number]!.push(reciprocalRankAt10(this.#fused, doc));
        }
        await pause(signal);
      }
    }
    return measured;
  }

  #keywordIndexWith(weights: KeywordWeights | undefined): KeywordIndex {
    return weights ? this.#engine.load(this.#serialized, weights) : this.#lexical;
  }
}

/** 1 / rank of a document, ties by position; 0 beyond rank 10 (MRR@10 of one relevant paper). */
function reciprocalRankAt10(scores: Float64Array, doc: number): number {
  const score = scores[doc]!;
  let rank = 1;
  for (let other = 0; other < scores.length; other++) {
    if (scores[other]! > score || (scores[other] === score && other < doc)) rank++;
  }
  return rank <= 10 ? 1 / rank : 0;
}
