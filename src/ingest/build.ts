import { packFields } from '../indexes/fields/build.ts';
import type { KeywordEngine } from '../indexes/keyword/keyword-index.ts';
import type { PaperSequence } from '../papers/paper.ts';
import type { Progress } from '../util/progress.ts';
import { type FieldsBasis, fieldsOf } from './fields.ts';
import { type LinkReport, linkReport } from './links.ts';
import { type Previous, reusable } from './previous.ts';

export interface BuildTools {
  readonly engine: KeywordEngine;
  /** What is reused where texts are unchanged; undefined to index all of them. */
  readonly previous: Previous | undefined;
  /** Position in the previous snapshot of each paper whose text is unchanged; -1 for the others. */
  readonly positions: Int32Array;
  /** The columns that are changed; undefined to write all of them again. */
  readonly fieldsBasis?: FieldsBasis | undefined;
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
}

/** What is made of the text of papers. */
export interface BuiltText {
  /** The serialised keyword index, and the fields, in parts. */
  readonly lexical: readonly Uint8Array[];
  readonly fields: readonly Uint8Array[];
  readonly links: LinkReport;
}

/** Builds the keyword index and the fields of papers: all that answers a keyword query. */
export async function buildText(
  papers: PaperSequence,
  { engine, previous, positions, fieldsBasis, onProgress, signal }: BuildTools,
): Promise<BuiltText> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const reuse = previous && reusable(previous, engine, positions);
  const keywordIndex = engine.build(papers, { onProgress, reuse, signal: either });
  const fields = fieldsOf(papers, fieldsBasis, either);
  try {
    const [index, arrays] = await Promise.all([keywordIndex, fields]);
    return { lexical: index.serialize(), fields: packFields(arrays), links: linkReport(papers, arrays) };
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled([keywordIndex, fields]);
    throw error;
  }
}
