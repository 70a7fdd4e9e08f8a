import type { Response } from 'express';
import { z } from 'zod';
import type { Collection } from '../../../collections/collection.ts';
import {
  COLLECTION_FORMAT_NAMES,
  COLLECTION_FORMATS,
  type CollectionFormat,
  collectionFormat,
  type Exported,
  exportCollection,
} from '../../../collections/export.ts';
import { type ImportedFile, MAX_IMPORT, readCollectionFile } from '../../../collections/import.ts';
import { summaryOf } from '../../../collections/view.ts';
import { PaperSearchError } from '../../../errors.ts';
import { MAX_COLLECTION_NAME } from '../../../limits.ts';
import type { Notice } from '../../../papers/read/reader.ts';
import { withSnapshot } from '../../../search/engine.ts';
import { oneOf } from '../../../search/request.ts';
import { grantOf } from '../authorize.ts';
import { readBody } from '../body.ts';
import {
  CHANGE_ERRORS,
  type CollectionContext,
  collectionInPath,
  OF_COLLECTIONS,
  READ_ERRORS,
  readerOf,
} from '../collecting.ts';
import { json, type Operation, operation, type ResponseDescription } from '../operation.ts';
import { ImportAnswer } from '../schemas/collections.ts';
import { EXPORT_CONTENT } from '../send-export.ts';

const FORMATS = COLLECTION_FORMATS.map(({ name, description }) => `\`${name}\` (${description})`).join('; ');

export const ExportParameters = z.object({
  format: oneOf(COLLECTION_FORMAT_NAMES).default('json').describe(`The format: ${FORMATS}.`),
});

/** Our own format; the schema of entries is that of an import. */
const OwnJson = z.looseObject({
  format: z.string(),
  version: z.int(),
  name: z.string(),
  papers: z.array(z.looseObject({})),
});

/** A collection as a file. */
export const EXPORT_ANSWER: ResponseDescription = {
  description: 'The collection as a download, of the media type of its format.',
  content: { 'text/plain': undefined },
  alternatives: Object.fromEntries(
    COLLECTION_FORMATS.map(({ name, mediaType }) => [
      mediaType,
      name === 'json' ? OwnJson : EXPORT_CONTENT[mediaType],
    ]),
  ),
};

/** Sends a collection as a download. */
export function sendCollection(
  response: Response,
  collection: Exported & Pick<Collection, 'id'>,
  format: CollectionFormat,
): void {
  const { mediaType, extension } = collectionFormat(format);
  response.set('Content-Disposition', `attachment; filename="${collection.id}.${extension}"`);
  response.set('Content-Type', `${mediaType}; charset=utf-8`).send(exportCollection(collection, format));
}

const BODY = {
  kind: 'stream',
  description: `A file in any supported format, plain or gzipped, of at most ${MAX_IMPORT / 2 ** 20} MB. Its format is detected.`,
  mediaTypes: ['application/octet-stream', 'application/json', 'text/plain'],
} as const;
const IMPORT_ERRORS = [...CHANGE_ERRORS, 'BAD_INPUT', 'PAYLOAD_TOO_LARGE'] as const;

/** Collections as files of other programs. */
export function collectionFileOperations({ engine, authorize, collections }: CollectionContext): Operation[] {
  const answerOf = async (id: string, file: ImportedFile, response: Response) => {
    const by = readerOf(response);
    const { collection, ...counts } = await withSnapshot(engine, (snapshot) =>
      collections().import(id, file, snapshot, { by }),
    );
    return {
      collection: summaryOf(collection),
      format: file.format,
      ...counts,
      rejected: file.rejected.map(noticeOf),
      warnings: file.warnings.map(noticeOf),
    };
  };
  return [
    operation({
      ...OF_COLLECTIONS,
      authorize,
      id: 'importNewCollection',
      method: 'post',
      path: '/collections/import',
      summary: 'Creates a collection from a file, with its notes, tags, read states and ratings',
      needs: 'nothing',
      parameters: z.object({
        name: z
          .string({ error: 'Expected a name.' })
          .max(MAX_COLLECTION_NAME, `Expected at most ${MAX_COLLECTION_NAME} characters.`)
          .optional()
          .describe(
            'Name of the collection. Default: the one in the file, if it is an export of a collection.',
          ),
      }),
      body: BODY,
      responses: { 201: json(ImportAnswer, 'The collection, and what was read.') },
      errors: IMPORT_ERRORS,
      handle: async (request, response, { query }) => {
        const file = await readCollectionFile(
          await readBody(request, MAX_IMPORT, grantOf(response)),
          'the file',
        );
        const name = query.name ?? file.name;
        if (name === undefined) {
          throw new PaperSearchError(
            'BAD_REQUEST',
            'The file has no name of a collection: send one as name=….',
          );
        }
        const { description } = file;
        const { id } = await collections().store.create({ name, description, by: readerOf(response) });
        response.status(201).json(await answerOf(id, file, response));
      },
    }),
    operation({
      ...OF_COLLECTIONS,
      authorize,
      id: 'importIntoCollection',
      method: 'post',
      path: '/collections/{id}/import',
      summary: 'Adds the papers of a file to a collection, with notes, tags, read states and ratings',
      needs: 'nothing',
      pathParameters: collectionInPath,
      body: BODY,
      responses: { 200: json(ImportAnswer, 'What was added.') },
      errors: IMPORT_ERRORS,
      handle: async (request, response, { path }) => {
        await collections().store.get(path.id);
        const file = await readCollectionFile(
          await readBody(request, MAX_IMPORT, grantOf(response)),
          'the file',
        );
        response.json(await answerOf(path.id, file, response));
      },
    }),
    operation({
      ...OF_COLLECTIONS,
      authorize,
      id: 'exportCollection',
      method: 'get',
      path: '/collections/{id}/export',
      summary: 'Exports a collection with its notes, tags, read states and ratings',
      pathParameters: collectionInPath,
      parameters: ExportParameters,
      responses: { 200: EXPORT_ANSWER },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query, snapshot }) => {
        const { collection, entries } = await collections().read(path.id, snapshot);
        sendCollection(response, { ...collection, entries }, query.format);
      },
    }),
  ];
}

/** The file has no name here. */
function noticeOf({ file: _, ...place }: Notice): Omit<Notice, 'file'> {
  return place;
}
