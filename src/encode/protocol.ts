import type { ErrorCode } from '../errors.ts';
import type { EncoderInput, TitledText } from './encoder.ts';
import type { InstalledModel } from './models/registry.ts';

/** What a process is started with: its one argument, as JSON. */
export interface ModelSetup {
  /** Default: the bundled model. */
  readonly model?: InstalledModel | undefined;
  /** Threads that run an embedding model. Default: one per physical core. */
  readonly threads?: number | undefined;
}

/** What the parent asks of the process of a model: vectors of texts, or how relevant passages are to a query. */
export type ModelRequest =
  | { readonly texts: readonly EncoderInput[] }
  | { readonly query: string; readonly passages: readonly TitledText[] };

/** A request as it is sent. */
export type NumberedRequest = ModelRequest & { readonly id: number };

/** A message of the process. */
export type ModelMessage =
  | { readonly kind: 'converting' }
  | { readonly kind: 'unavailable'; readonly code: ErrorCode; readonly message: string }
  /** The vectors, row-major; or a logit per passage. */
  | { readonly kind: 'done'; readonly id: number; readonly numbers: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
