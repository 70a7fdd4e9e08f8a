import type { Response } from 'express';
import type { Collection } from '../../../collections/collection.ts';
import { entryIdOf } from '../../../collections/resolve.ts';
import { summaryOf } from '../../../collections/view.ts';
import { type Snapshot, withSnapshot } from '../../../search/engine.ts';
import {
  CHANGE_ERRORS,
  type CollectionContext,
  collectionInPath,
  OF_COLLECTIONS,
  readerOf,
} from '../collecting.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  AddedAnswer,
  AddPapers,
  AnnotatedAnswer,
  AnnotatePapers,
  ChosenEntries,
  CollectionSummary,
  MovePapers,
} from '../schemas/collections.ts';

/** Limit of a body in bytes: many papers with notes. */
const MAX_BODY = 4 * 1024 * 1024;

/** Papers of collections: added, annotated, removed and moved. */
export function collectionPaperOperations(context: CollectionContext): Operation[] {
  const { engine, authorize, collections } = context;
  const shared = {
    ...OF_COLLECTIONS,
    authorize,
    needs: 'nothing',
    pathParameters: collectionInPath,
    errors: CHANGE_ERRORS,
  } as const;
  const answerWith = async (
    response: Response,
    collection: Collection,
    ids: readonly string[],
    snapshot: Snapshot,
  ) => {
    const { entries } = await collections().resolve(collection, snapshot);
    const wanted = new Set<string>();
    for (const id of ids) wanted.add((await entryIdOf(collection, entries, id, snapshot)) ?? id);
    response.json({
      collection: summaryOf(collection, entries),
      entries: entries.filter(({ paper }) => wanted.has(paper.id)),
    });
  };
  return [
    operation({
      ...shared,
      id: 'addToCollection',
      method: 'post',
      path: '/collections/{id}/papers',
      summary: 'Adds papers of the index to a collection, with what you say about them',
      body: {
        kind: 'json',
        schema: AddPapers,
        limit: MAX_BODY,
        example: {
          papers: [{ id: 'doi:10.1000/182', note: 'Compare with our baseline.', tags: ['method'] }],
        },
      },
      responses: { 200: json(AddedAnswer, 'What was added.') },
      handle: async (_request, response, { path, body: { papers, skipUnknown } }) => {
        const options = { by: readerOf(response), skipUnknown };
        const { collection, ...counts } = await withSnapshot(engine, (snapshot) =>
          collections().add(path.id, papers, snapshot, options),
        );
        response.json({ collection: summaryOf(collection), ...counts });
      },
    }),
    operation({
      ...shared,
      id: 'annotateCollection',
      method: 'patch',
      path: '/collections/{id}/papers',
      summary: 'Changes what is said about papers of a collection',
      description: 'Fields that are absent stay as they are.',
      body: {
        kind: 'json',
        schema: AnnotatePapers,
        limit: MAX_BODY,
        example: { ids: ['doi:10.1000/182'], state: 'read', rating: 4, addTags: ['method'] },
      },
      responses: { 200: json(AnnotatedAnswer, 'The collection, and these papers.') },
      handle: async (_request, response, { path, body: { ids, expected, ...change } }) => {
        const options = { by: readerOf(response), expected };
        await withSnapshot(engine, async (snapshot) => {
          const changed = await collections().annotate(path.id, ids, change, snapshot, options);
          await answerWith(response, changed, ids, snapshot);
        });
      },
    }),
    operation({
      ...shared,
      id: 'removeFromCollection',
      method: 'post',
      path: '/collections/{id}/papers/remove',
      summary: 'Takes papers out of a collection',
      body: {
        kind: 'json',
        schema: ChosenEntries,
        limit: MAX_BODY,
        example: { ids: ['doi:10.1000/182'] },
      },
      responses: { 200: json(CollectionSummary, 'The collection.') },
      handle: async (_request, response, { path, body: { ids, expected } }) => {
        const options = { by: readerOf(response), expected };
        const changed = await withSnapshot(engine, (snapshot) =>
          collections().remove(path.id, ids, snapshot, options),
        );
        response.json(summaryOf(changed));
      },
    }),
    operation({
      ...shared,
      id: 'moveInCollection',
      method: 'post',
      path: '/collections/{id}/papers/move',
      summary: 'Changes the order of papers in a collection',
      body: {
        kind: 'json',
        schema: MovePapers,
        limit: MAX_BODY,
        example: { ids: ['doi:10.1000/182'], before: 'arxiv:2101.11408' },
      },
      responses: { 200: json(CollectionSummary, 'The collection.') },
      handle: async (_request, response, { path, body: { ids, before } }) => {
        const by = readerOf(response);
        const changed = await withSnapshot(engine, (snapshot) =>
          collections().move(path.id, ids, before, snapshot, { by }),
        );
        response.json(summaryOf(changed));
      },
    }),
  ];
}
