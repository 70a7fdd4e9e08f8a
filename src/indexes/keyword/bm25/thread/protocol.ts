import type { TextField } from '../../../../papers/fields.ts';
import type { Paper } from '../../../../papers/paper.ts';
import type { SegmentCore } from '../segment.ts';

/** What the thread needs of a paper: its texts, and the language of them. */
export type PaperTexts = Pick<Paper, TextField | 'language'>;

/** What is sent to the thread: more papers, as one JSON text, which is cheaper to pass on than the objects; or that a segment is complete. */
export type BuildMessage = { readonly kind: 'papers'; readonly json: string } | { readonly kind: 'finish' };

/** What it answers: that it has taken in some papers, or the segment, whose memory it hands over. */
export type BuiltMessage =
  | { readonly kind: 'taken' }
  | { readonly kind: 'segment'; readonly core: SegmentCore; readonly compoundBits: Uint8Array };
