import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Collections } from '../../collections/collections.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Engine } from '../../search/engine.ts';
import { grantOf } from './authorize.ts';

/** What operations on collections share. */
export interface CollectionContext {
  readonly engine: Engine;
  /** Lets only clients through that may read and change collections. */
  readonly authorize: RequestHandler;
  /** The service. @throws PaperSearchError FORBIDDEN where no collections are kept. */
  readonly collections: () => Collections;
}

/** Who changes a collection, as its log says it: the name of the token. */
export function readerOf(response: Response): string | undefined {
  return grantOf(response)?.name;
}

/** Errors of operations that read a collection, and of those that change one. */
export const READ_ERRORS = ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND'] as const satisfies ErrorCode[];
export const CHANGE_ERRORS = [...READ_ERRORS, 'CONFLICT', 'INDEX_LOCKED'] as const satisfies ErrorCode[];

/** What all operations on collections declare. */
export const OF_COLLECTIONS = { mount: 'v1', tag: 'Collections', validFor: 'never' } as const;

export const collectionInPath = z.object({ id: z.string().describe('The id of the collection.') });
