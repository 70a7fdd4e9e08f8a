import { packFields } from '../indexes/fields/build.ts';
import type { EarlyBuild, KeywordEngine } from '../indexes/keyword/keyword-index.ts';
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
  /** The keyword index as far as it was built while records were read; with it, nothing of the previous snapshot is reused. */
  readonly early?: { readonly build: EarlyBuild; readonly positions: Int32Array } | undefined;
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

/** Papers between two reports. */
const REPORT_EVERY = 100;

/** Builds the keyword index and the fields of papers: all that answers a keyword query. */
export async function buildText(
  papers: PaperSequence,
  { engine, previous, positions, fieldsBasis, early, onProgress, signal }: BuildTools,
): Promise<BuiltText> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const reuse = previous && reusable(previous, engine, positions);
  const keywordIndex = early
    ? early.build.finish(papers, early.positions, either)
    : engine.build(papers, { onProgress, reuse, signal: either }).then((index) => index.serialize());
  const fields = fieldsOf(early ? reporting(papers, onProgress) : papers, fieldsBasis, either);
  try {
    const [lexical, arrays] = await Promise.all([keywordIndex, fields]);
    return { lexical, fields: packFields(arrays), links: linkReport(papers, arrays) };
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled([keywordIndex, fields]);
    throw error;
  }
}

/** Papers that report how far they are read. */
function reporting(papers: PaperSequence, onProgress: Progress): PaperSequence {
  const { length } = papers;
  return {
    length,
    at: (doc) => {
      if (doc % REPORT_EVERY === 0 || doc === length - 1) onProgress(doc, length);
      return papers.at(doc);
    },
  };
}
