import type { Notice, UnreadParts } from '../papers/read/reader.ts';
import type { LinkReport } from './links.ts';
import type { Merge } from './merges.ts';

/** What an ingest did. */
export interface IngestReport {
  /** Folder of the index. */
  readonly index: string;
  /** Name of the current snapshot afterwards. */
  readonly snapshot: string;
  /** Papers in the index afterwards, and how many of them have no abstract. */
  readonly papers: number;
  readonly withoutAbstract: number;
  /** Papers that records of several places make. */
  readonly ofSeveralSources: number;
  /** Records and unreadable files met, and what became of them: added, updated, unchanged, duplicate and rejected add up to it. */
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Records of a paper that is there or that another record of this ingest made; the paper keeps what they say. */
  readonly duplicate: number;
  /** With `replaceSource`: records that these files had before and have no longer, which were taken out. */
  readonly removed: number;
  /** Records whose papers a list or a notice says were retracted, withdrawn, corrected, … */
  readonly marked: number;
  /** Records that could not be taken in, each with its place and reason. */
  readonly rejected: readonly Notice[];
  /** Doubts about papers that were taken in. */
  readonly warnings: readonly Notice[];
  readonly files: readonly { readonly file: string; readonly format: string; readonly papers: number }[];
  /** Files that were not read; `isUnknown` for those in no format that can be read. */
  readonly skipped: readonly {
    readonly file: string;
    readonly reason: string;
    readonly isUnknown: boolean;
  }[];
  /** What records have and no field of a paper is made of, by file. */
  readonly unread: readonly UnreadParts[];
  /** What the references of all papers came to; absent where nothing differs from the previous snapshot. */
  readonly links?: LinkReport | undefined;
  /** Texts that were encoded, of papers and of sentences; all other vectors were there already. */
  readonly encoded: number;
  readonly tookMs: number;
}

/** A report that may list what was merged. */
export interface FullReport extends IngestReport {
  /** With `listMerges`: the papers of several records, at least one of which this ingest read, and why they are one. */
  readonly merges?: readonly Merge[] | undefined;
}

/** What an ingest is busy with. */
export type IngestProgress =
  | { readonly stage: 'waiting' | 'converting-model' | 'replacing-encoder' | 'writing' }
  | { readonly stage: 'reading'; readonly done: number }
  /**
   * Published before all is encoded: papers that can be searched by words, those of them that have a vector, and how long
   * publishing took (milliseconds).
   */
  | {
      readonly stage: 'searchable';
      readonly papers: number;
      readonly withVector: number;
      readonly tookMs: number;
    }
  | {
      readonly stage: 'encoding' | 'encoding-sentences' | 'indexing' | 'mapping';
      readonly done: number;
      readonly total: number;
    };
