import type { InputFile } from '../files.ts';
import type { CorpusDefaults } from '../reader.ts';

/** The input of the reading thread: what `readCorpusFile` takes. */
export interface ReadTask {
  readonly input: InputFile;
  readonly overrides: CorpusDefaults;
  readonly format: string | undefined;
}

/** What the thread says: some events as one JSON text, which is cheaper to pass on than the objects; or how reading ended. */
export type ReadMessage =
  | { readonly kind: 'events'; readonly json: string }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'failed';
      /** That of a PaperSearchError; undefined for another error. */
      readonly code: string | undefined;
      readonly message: string;
      readonly details: unknown;
    };

/** Events in a message, and messages that may be under way before the thread waits: what bounds memory. */
export const EVENTS_AT_ONCE = 128;
export const MESSAGES_AHEAD = 8;
