import type { ErrorCode } from '../errors.ts';
import type { EncoderInput } from './encoder.ts';

/** A request of the parent to the encoder process. */
export interface EncodeRequest {
  readonly id: number;
  readonly texts: readonly EncoderInput[];
}

/** A message of the encoder process. */
export type EncoderMessage =
  | { readonly kind: 'converting' }
  | { readonly kind: 'unavailable'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'vectors'; readonly id: number; readonly vectors: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
