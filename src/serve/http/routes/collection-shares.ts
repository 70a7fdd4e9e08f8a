import type { Request } from 'express';
import { z } from 'zod';
import {
  type Collection,
  NO_ANNOTATIONS,
  type Share as StoredShare,
} from '../../../collections/collection.ts';
import type { Collections } from '../../../collections/collections.ts';
import type { ResolvedEntry } from '../../../collections/resolve.ts';
import { selectEntries } from '../../../collections/view.ts';
import { PaperSearchError } from '../../../errors.ts';
import type { Snapshot } from '../../../search/engine.ts';
import {
  CHANGE_ERRORS,
  type CollectionContext,
  collectionInPath,
  OF_COLLECTIONS,
  READ_ERRORS,
  readerOf,
} from '../collecting.ts';
import { json, type Operation, operation } from '../operation.ts';
import { EntryParameters, NewShare, Share, SharedAnswer, ShareList } from '../schemas/collections.ts';
import { EXPORT_ANSWER, ExportParameters, sendCollection } from './collection-files.ts';

const secretInPath = z.object({ secret: z.string().describe('The secret part of the link.') });

/** Links under which anybody can read a collection. */
export function shareOperations({ authorize, collections }: CollectionContext): Operation[] {
  const shared = {
    ...OF_COLLECTIONS,
    authorize,
    needs: 'nothing',
    pathParameters: collectionInPath,
  } as const;
  return [
    operation({
      ...shared,
      id: 'listCollectionShares',
      method: 'get',
      path: '/collections/{id}/shares',
      summary: 'Lists the links under which a collection can be read',
      responses: { 200: json(ShareList, 'The links.') },
      errors: READ_ERRORS,
      handle: async (request, response, { path }) => {
        const { shares } = await collections().store.get(path.id);
        response.json({ shares: shares.map((each) => linkOf(request, each)) });
      },
    }),
    operation({
      ...shared,
      id: 'shareCollection',
      method: 'post',
      path: '/collections/{id}/shares',
      summary: 'Creates a link under which anybody can read a collection',
      body: { kind: 'json', schema: NewShare, optional: true, example: { label: 'For the reviewers' } },
      responses: { 201: json(Share, 'The link.') },
      errors: CHANGE_ERRORS,
      handle: async (request, response, { path, body }) => {
        const made = await collections().share(path.id, body, { by: readerOf(response) });
        response.status(201).json(linkOf(request, made));
      },
    }),
    operation({
      ...shared,
      id: 'revokeCollectionShare',
      method: 'delete',
      path: '/collections/{id}/shares/{share}',
      summary: 'Revokes a link',
      pathParameters: z.object({
        ...collectionInPath.shape,
        share: z.string().describe('The id of the link.'),
      }),
      responses: { 200: json(ShareList, 'The links that are left.') },
      errors: CHANGE_ERRORS,
      handle: async (request, response, { path: { id, share } }) => {
        const by = readerOf(response);
        const { shares } = await collections().store.change(id, { type: 'unshared', share }, { by });
        response.json({ shares: shares.map((each) => linkOf(request, each)) });
      },
    }),
  ];
}

/** What anyone with a link can read, without a token. @param collections undefined where none are kept. */
export function sharedOperations(collections: Collections | undefined): Operation[] {
  return [
    operation({
      ...OF_COLLECTIONS,
      id: 'getSharedCollection',
      isPublic: true,
      method: 'get',
      path: '/shared/{secret}',
      summary: 'Returns the papers of a collection that is shared by a link',
      description: 'Needs no token. Names of readers and the changes are not shown.',
      pathParameters: secretInPath,
      parameters: EntryParameters,
      responses: { 200: json(SharedAnswer, 'The collection and a page of its papers.') },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { path, query, snapshot }) => {
        const { q, tag, limit, offset, ...rest } = query;
        const { collection, share, entries } = await sharedBy(path.secret, collections, snapshot);
        const { name, description, changedAt } = collection;
        const { withNotes } = share;
        const found = selectEntries(entries, { ...rest, text: q, tags: tag });
        response.json({
          name,
          description,
          changedAt,
          papers: entries.length,
          withNotes,
          total: found.length,
          offset,
          limit,
          entries: found
            .slice(offset, offset + limit)
            .map(({ paper, inIndex, note, tags, state, rating, role }) => ({
              paper,
              inIndex,
              ...(withNotes && { note, tags, state, rating, role }),
            })),
        });
      },
    }),
    operation({
      ...OF_COLLECTIONS,
      id: 'exportSharedCollection',
      isPublic: true,
      method: 'get',
      path: '/shared/{secret}/export',
      summary: 'Exports a collection that is shared by a link',
      pathParameters: secretInPath,
      parameters: ExportParameters,
      responses: { 200: EXPORT_ANSWER },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { path, query, snapshot }) => {
        const { collection, entries } = await sharedBy(path.secret, collections, snapshot);
        sendCollection(response, { ...collection, entries }, query.format);
      },
    }),
  ];
}

/**
 * The collection that a link shows, its entries without what the link does not show: filters must not find it either.
 * @throws PaperSearchError NOT_FOUND for a secret that is not, or no longer, one.
 */
async function sharedBy(
  secret: string,
  collections: Collections | undefined,
  snapshot: Snapshot,
): Promise<{ collection: Collection; share: StoredShare; entries: ResolvedEntry[] }> {
  const found = await collections?.store.shared(secret);
  if (!collections || !found) {
    throw new PaperSearchError('NOT_FOUND', 'This link does not exist, or it was revoked.');
  }
  const { collection, share } = found;
  const { entries } = await collections.resolve(collection, snapshot);
  const shown = ({ addedBy: _, ...entry }: ResolvedEntry): ResolvedEntry => {
    if (share.withNotes) return entry;
    const { rating: _rating, ...rest } = entry;
    return { ...rest, ...NO_ANNOTATIONS };
  };
  return { collection, share, entries: entries.map(shown) };
}

/** A stored link as clients see it, in the library of the request. */
function linkOf(
  request: Request,
  { id, secret, label, withNotes, createdAt, createdBy }: StoredShare,
): z.output<typeof Share> {
  return {
    id,
    path: `${request.baseUrl.replace(/^(?!\/v1\/)/, '/v1')}/shared/${secret}`,
    ...(label !== undefined && { label }),
    withNotes,
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
  };
}
