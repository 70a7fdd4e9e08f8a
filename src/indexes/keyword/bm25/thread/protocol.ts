import type { TextField } from '../../../../papers/fields.ts';
import type { Paper } from '../../../../papers/paper.ts';
import type { SegmentCore } from '../segment.ts';

/** What the thread needs of a paper: its texts, and the language of them. */
export type PaperTexts = Pick<Paper, TextField | 'language'>;

/** What is sent to the thread. */
export type BuildMessage =
  /** More papers, as one JSON text, which is cheaper to pass on than the objects. */
  | { readonly kind: 'papers'; readonly json: string }
  /** That a segment is complete, which is answered. */
  | { readonly kind: 'finish' }
  /** That a segment is complete, which the thread keeps. */
  | { readonly kind: 'keep' }
  /** The positions of the papers of all kept segments, one after another: -1 for one that is left out. Answered with the index. */
  | { readonly kind: 'arrange'; readonly positions: Int32Array; readonly documents: number };

/** What it answers: that it has taken in some papers; or a segment or an index in parts, whose memory it hands over. */
export type BuiltMessage =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'segment';
      readonly core: SegmentCore;
      /** Its positions (`position-codes.ts`). */
      readonly codes: Uint8Array;
      readonly compoundBits: Uint8Array;
    }
  | { readonly kind: 'index'; readonly parts: Uint8Array[] };
