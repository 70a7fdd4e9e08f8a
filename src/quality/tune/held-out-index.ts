import type {
  KeywordEngine,
  KeywordIndex,
  KeywordWeights,
  QueryTerm,
} from '../../indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../indexes/keyword/query-terms.ts';
import type { KeywordScores } from '../../indexes/scores.ts';
import { topDocuments } from '../../indexes/top-documents.ts';
import { CodeIndex } from '../../indexes/vectors/code-index.ts';
import { CodeMemory } from '../../indexes/vectors/code-memory.ts';
import type { Paper } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { FEEDBACK_PAPERS, feedbackVector } from '../../search/feedback.ts';
import { DEFAULT_FUSION, FUSIONS } from '../../search/fuse/methods.ts';
import { pause } from '../../util/pause.ts';
import type { TuningKind } from './queries.ts';
import type { RankingWeights } from './weights.ts';

/** A query as papers are ranked by it. */
export interface PreparedQuery {
  readonly kind: TuningKind;
  /** Position of the relevant paper. */
  readonly doc: number;
  readonly terms: readonly QueryTerm[];
  /** L2-normalised. */
  readonly vector: Float32Array;
  /** Cosines, one a paper, by the title weight of the papers' vectors. */
  readonly cosines: Map<number, Float32Array>;
}

/** The vectors of all papers, L2-normalised, with a weight of the vectors of their titles. */
export type VectorsAt = (titleWeight: number) => readonly Float32Array[];

/** How good the scores of all papers are for a query. */
export type ValueOf<Q> = (scores: Float64Array, query: Q) => number;

/** An index in memory that ranks papers for the same queries with many weights. */
export class HeldOutIndex {
  readonly #engine: KeywordEngine;
  readonly #serialized: Uint8Array;
  readonly #lexical: KeywordIndex;
  readonly #vectorsAt: VectorsAt;
  readonly #dense = new Map<number, { readonly codes: CodeIndex; readonly vectors: ReturnType<VectorsAt> }>();
  readonly #fused: Float64Array;

  private constructor(engine: KeywordEngine, serialized: Uint8Array, vectorsAt: VectorsAt, papers: number) {
    this.#engine = engine;
    this.#serialized = serialized;
    this.#lexical = engine.load(serialized);
    this.#vectorsAt = vectorsAt;
    this.#fused = new Float64Array(papers);
  }

  /** @param vectorsAt called once for each title weight that is measured. */
  static async build(
    papers: readonly Paper[],
    vectorsAt: VectorsAt,
    engine: KeywordEngine,
    options: Parameters<KeywordEngine['build']>[1],
  ): Promise<HeldOutIndex> {
    const lexical = await engine.build(papers, options);
    const serialized = new Uint8Array(Buffer.concat(lexical.serialize()));
    return new HeldOutIndex(engine, serialized, vectorsAt, papers.length);
  }

  /** The text of a query that papers are ranked by: as in the stage `encode` of a search for plain words. */
  contentOf(text: string): string {
    return splitSolidWords(contentOf(text), this.#lexical);
  }

  /** @param content see `contentOf`. @param vector of it. @param doc position of its paper. */
  prepare(kind: TuningKind, content: string, vector: Float32Array, doc: number): PreparedQuery {
    return { kind, doc, terms: queryTerms(content, this.#lexical), vector, cosines: new Map() };
  }

  /**
   * How well each query finds its paper with several weights. Lets other work of this thread run.
   * @param settings several with the same keyword weights (the same object) take little longer than one.
   * @param value default: the reciprocal rank of the query's paper, 0 beyond rank 10.
   * @returns for each setting, the values in the order of the queries.
   */
  async measure<Q extends PreparedQuery>(
    settings: readonly RankingWeights[],
    queries: readonly Q[],
    signal?: AbortSignal,
    value: ValueOf<Q> = reciprocalRankAt10,
  ): Promise<number[][]> {
    const measured: number[][] = settings.map(() => []);
    for (const bm25 of new Set(settings.map((setting) => setting.bm25))) {
      const members = [...settings.entries()].filter(([, setting]) => setting.bm25 === bm25);
      const lexical = this.#keywordIndexWith(bm25);
      for (const query of queries) {
        const keyword = lexical.score(query.terms);
        for (const [number, setting] of members) {
          this.#rank(query, keyword, setting);
          measured[number]!.push(value(this.#fused, query));
        }
        await pause(signal);
      }
    }
    return measured;
  }

  /** Scores all papers, as the stages `rank`, `fuse` and `feedback` of a search do. */
  #rank(query: PreparedQuery, keyword: KeywordScores, setting: RankingWeights): void {
    const { titleWeight, feedback } = setting;
    const { fuse } = FUSIONS[DEFAULT_FUSION](setting);
    fuse(keyword, this.cosinesOf(query, titleWeight), this.#fused);
    if (feedback === 0) return;
    const { codes, vectors } = this.#denseAt(titleWeight);
    const best = topDocuments(this.#fused, FEEDBACK_PAPERS);
    const moved = feedbackVector(query.vector, best, feedback, (doc) => vectors[doc]!);
    if (moved) fuse(keyword, codes.score(moved).scores, this.#fused);
  }

  /** The cosine of every paper and a query. @param titleWeight of the papers' vectors. */
  cosinesOf({ vector, cosines }: PreparedQuery, titleWeight: number): Float32Array {
    const known = cosines.get(titleWeight) ?? this.#denseAt(titleWeight).codes.score(vector).scores.slice();
    cosines.set(titleWeight, known);
    return known;
  }

  #denseAt(titleWeight: number) {
    const known = this.#dense.get(titleWeight);
    if (known) return known;
    const vectors = this.#vectorsAt(titleWeight);
    const codes = new CodeMemory(vectors.length, vectors[0]!.length);
    for (const [doc, vector] of vectors.entries()) codes.encode(doc, vector);
    const made = { codes: new CodeIndex(codes), vectors };
    this.#dense.set(titleWeight, made);
    return made;
  }

  #keywordIndexWith(weights: KeywordWeights | undefined): KeywordIndex {
    return weights ? this.#engine.load(this.#serialized, weights) : this.#lexical;
  }
}

/** 1 / rank of the query's paper, ties by position; 0 beyond rank 10 (MRR@10 of one relevant paper). */
function reciprocalRankAt10(scores: Float64Array, { doc }: PreparedQuery): number {
  const score = scores[doc]!;
  let rank = 1;
  for (let other = 0; other < scores.length; other++) {
    if (scores[other]! > score || (scores[other] === score && other < doc)) rank++;
  }
  return rank <= 10 ? 1 / rank : 0;
}
