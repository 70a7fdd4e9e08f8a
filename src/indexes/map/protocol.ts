import type { EarlierLayout, MapLayout } from './lay-out.ts';

/** The input of the layout thread. */
export interface LayOutTask {
  /** Codes of the papers; see `CodeMemory.image`. */
  readonly image: Uint8Array;
  readonly count: number;
  readonly dimension: number;
  readonly earlier: EarlierLayout | undefined;
}

/** A message of the layout thread. */
export type LayOutMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'layout'; readonly layout: MapLayout };
