import { z } from 'zod';
import type { Collections } from '../../../collections/collections.ts';
import { logLines } from '../../../collections/log-view.ts';
import { historyOf } from '../../../collections/state.ts';
import { selectEntries, summaryOf } from '../../../collections/view.ts';
import { PaperSearchError } from '../../../errors.ts';
import { MAX_HITS } from '../../../limits.ts';
import type { Engine } from '../../../search/engine.ts';
import type { Authorize } from '../authorize.ts';
import {
  CHANGE_ERRORS,
  type CollectionContext,
  collectionInPath,
  OF_COLLECTIONS,
  READ_ERRORS,
  readerOf,
} from '../collecting.ts';
import { json, type Operation, operation } from '../operation.ts';
import { flagParameter, offsetParameter, wholeNumber } from '../parameters.ts';
import {
  CollectionAnswer,
  CollectionChange,
  CollectionList,
  CollectionSummary,
  EntryParameters,
  LogAnswer,
  NewCollection,
  UndoBody,
} from '../schemas/collections.ts';
import { collectionFileOperations } from './collection-files.ts';
import { collectionPaperOperations } from './collection-papers.ts';
import { sharedOperations, shareOperations } from './collection-shares.ts';

/**
 * Collections that are kept on the server, for clients with a token that has the scope `review`.
 * @param kept if undefined, requests are refused.
 */
export function collectionOperations(
  engine: Engine,
  kept: Collections | undefined,
  authorized: Authorize,
): Operation[] {
  const context: CollectionContext = {
    engine,
    authorize: authorized('review'),
    collections: () => {
      if (kept) return kept;
      throw new PaperSearchError('FORBIDDEN', 'This server keeps no collections.');
    },
  };
  return [
    // Before the paths with an id, which may look like these.
    ...collectionFileOperations(context),
    ...wholeCollectionOperations(context),
    ...collectionPaperOperations(context),
    ...historyOperations(context),
    ...shareOperations(context),
    ...sharedOperations(kept),
  ];
}

function wholeCollectionOperations({ authorize, collections }: CollectionContext): Operation[] {
  const shared = { ...OF_COLLECTIONS, authorize } as const;
  return [
    operation({
      ...shared,
      id: 'listCollections',
      method: 'get',
      path: '/collections',
      summary: 'Lists the collections',
      needs: 'nothing',
      parameters: z.object({
        deleted: flagParameter.default(false).describe('Whether deleted collections are listed, too.'),
      }),
      responses: { 200: json(CollectionList, 'The collections, by name.') },
      errors: ['UNAUTHORIZED', 'FORBIDDEN'],
      handle: async (_request, response, { query }) => {
        const list = await collections().store.list({ deletedToo: query.deleted });
        response.json({ collections: list.map((each) => summaryOf(each)) });
      },
    }),
    operation({
      ...shared,
      id: 'createCollection',
      method: 'post',
      path: '/collections',
      summary: 'Creates a collection',
      needs: 'nothing',
      body: { kind: 'json', schema: NewCollection, example: { name: 'Self-improvement' } },
      responses: { 201: json(CollectionSummary, 'The collection; its id is made of its name.') },
      errors: ['UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT', 'INDEX_LOCKED'],
      handle: async (_request, response, { body }) => {
        const made = await collections().store.create({ ...body, by: readerOf(response) });
        response.status(201).json(summaryOf(made));
      },
    }),
    operation({
      ...shared,
      id: 'getCollection',
      method: 'get',
      path: '/collections/{id}',
      summary: 'Returns the papers of a collection',
      pathParameters: collectionInPath,
      parameters: EntryParameters,
      responses: { 200: json(CollectionAnswer, 'The collection and a page of its papers.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query, snapshot }) => {
        const { q, tag, limit, offset, ...rest } = query;
        const { collection, entries } = await collections().read(path.id, snapshot);
        const found = selectEntries(entries, { ...rest, text: q, tags: tag });
        const { undo, redo } = historyOf(await collections().store.log(path.id), readerOf(response));
        response.json({
          collection: summaryOf(collection, entries),
          notInIndex: entries.filter(({ inIndex }) => !inIndex).length,
          canUndo: undo !== undefined,
          canRedo: redo !== undefined,
          total: found.length,
          offset,
          limit,
          entries: found.slice(offset, offset + limit),
        });
      },
    }),
    operation({
      ...shared,
      id: 'changeCollection',
      method: 'patch',
      path: '/collections/{id}',
      summary: 'Changes the name or the description of a collection',
      description: 'The id stays.',
      needs: 'nothing',
      pathParameters: collectionInPath,
      body: { kind: 'json', schema: CollectionChange, example: { name: 'Self-improvement of models' } },
      responses: { 200: json(CollectionSummary, 'The collection.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body: { expected, ...change } }) => {
        const options = { by: readerOf(response), expected };
        const changed = await collections().store.change(path.id, { ...change, type: 'described' }, options);
        response.json(summaryOf(changed));
      },
    }),
    operation({
      ...shared,
      id: 'deleteCollection',
      method: 'delete',
      path: '/collections/{id}',
      summary: 'Deletes a collection',
      description: 'Its links stop working. It can be restored.',
      needs: 'nothing',
      pathParameters: collectionInPath,
      responses: { 200: json(CollectionSummary, 'The deleted collection.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path }) => {
        const by = readerOf(response);
        response.json(summaryOf(await collections().store.change(path.id, { type: 'deleted' }, { by })));
      },
    }),
    operation({
      ...shared,
      id: 'restoreCollection',
      method: 'post',
      path: '/collections/{id}/restore',
      summary: 'Restores a deleted collection',
      needs: 'nothing',
      pathParameters: collectionInPath,
      responses: { 200: json(CollectionSummary, 'The collection.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path }) => {
        const by = readerOf(response);
        response.json(summaryOf(await collections().store.change(path.id, { type: 'restored' }, { by })));
      },
    }),
  ];
}

function historyOperations({ authorize, collections }: CollectionContext): Operation[] {
  const undoOrRedo = (type: 'undo' | 'redo', summary: string) =>
    operation({
      ...OF_COLLECTIONS,
      authorize,
      id: `${type}CollectionChange`,
      method: 'post',
      path: `/collections/{id}/${type}`,
      summary,
      needs: 'nothing',
      pathParameters: collectionInPath,
      body: { kind: 'json', schema: UndoBody, optional: true },
      responses: { 200: json(CollectionSummary, 'The collection.') },
      errors: CHANGE_ERRORS,
      handle: async (_request, response, { path, body: { expected } }) => {
        const options = { by: readerOf(response), expected };
        response.json(summaryOf(await collections().store.change(path.id, { type }, options)));
      },
    });
  return [
    undoOrRedo('undo', 'Takes back your last change of a collection'),
    undoOrRedo('redo', 'Repeats the change that you undid last'),
    operation({
      ...OF_COLLECTIONS,
      authorize,
      id: 'getCollectionLog',
      method: 'get',
      path: '/collections/{id}/log',
      summary: 'Returns all changes of a collection',
      needs: 'nothing',
      pathParameters: collectionInPath,
      parameters: z.object({
        limit: wholeNumber(1, MAX_HITS).default(50).describe('Maximum number of changes.'),
        offset: offsetParameter.describe('Changes to skip.'),
      }),
      responses: { 200: json(LogAnswer, 'The changes, also of a deleted collection.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query: { limit, offset } }) => {
        const lines = logLines(await collections().store.log(path.id)).reverse();
        response.json({
          total: lines.length,
          offset,
          limit,
          lines: lines.slice(offset, offset + limit),
        });
      },
    }),
  ];
}
