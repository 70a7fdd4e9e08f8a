import type { Response } from 'express';
import { PaperSearchError } from '../../../errors.ts';
import { importLabels } from '../../../review/import-labels.ts';
import {
  exportReview,
  prismaCounts,
  prismaCsv,
  prismaSvg,
  REVIEW_FORMATS,
  readLabels,
  reviewFormat,
  searchLog,
} from '../../../review/records/records.ts';
import type { WholeReview } from '../../../review/service.ts';
import { allows } from '../../access/access.ts';
import { grantOf } from '../authorize.ts';
import { readBody } from '../body.ts';
import { notesOf } from '../exchange.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  CHANGE_ERRORS,
  OF_REVIEWS,
  READ_ERRORS,
  type ReviewContext,
  reviewerOf,
  reviewInPath,
} from '../reviewing.ts';
import { ReplayAnswer } from '../schemas/review-progress.ts';
import {
  LabelImportAnswer,
  LabelImportParameters,
  PrismaAnswer,
  ReplayParameters,
  ReviewExportParameters,
  ScreenedPapers,
} from '../schemas/review-records.ts';

/** Largest file of labels, in bytes. */
const MAX_LABEL_FILE = 64 * 1024 * 1024;

const SVG = 'image/svg+xml';
const CSV = 'text/csv';
const MARKDOWN = 'text/markdown';

/** A review as files: PRISMA diagrams and search logs, exports and imports, and the replay of its log. */
export function reviewRecordOperations(context: ReviewContext): Operation[] {
  return [...prismaOperations(context), ...fileOperations(context)];
}

/** Records that are made from what happened. They only count, so they are open while reviewers are blind. */
function prismaOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = {
    ...OF_REVIEWS,
    authorize,
    method: 'get',
    pathParameters: reviewInPath,
    errors: READ_ERRORS,
  } as const;
  const countsOf = async (id: string, response: Response) => {
    const whole = await reviews().whole(id, { unblind: true });
    const { recall } = await reviews().progress(id, reviewerOf(response));
    return { whole, counts: prismaCounts(whole, { recall }) };
  };
  return [
    operation({
      ...shared,
      id: 'getPrismaDiagram',
      path: '/reviews/{id}/records/prisma.svg',
      summary: 'Draws the PRISMA 2020 flow diagram of a review',
      responses: { 200: { description: 'The diagram.', content: { [SVG]: undefined } } },
      handle: async (_request, response, { path }) => {
        const { whole, counts } = await countsOf(path.id, response);
        sendFile(response, whole, 'prisma.svg', SVG, prismaSvg(counts));
      },
    }),
    operation({
      ...shared,
      id: 'getPrismaCounts',
      path: '/reviews/{id}/records/prisma.json',
      summary: 'Returns the numbers of the PRISMA 2020 flow diagram of a review',
      responses: { 200: json(PrismaAnswer, 'The numbers.') },
      handle: async (_request, response, { path }) => {
        response.json((await countsOf(path.id, response)).counts);
      },
    }),
    operation({
      ...shared,
      id: 'getPrismaTable',
      path: '/reviews/{id}/records/prisma.csv',
      summary: 'Returns the numbers of the PRISMA 2020 flow diagram of a review as a table',
      responses: { 200: { description: 'The table.', content: { [CSV]: undefined } } },
      handle: async (_request, response, { path }) => {
        const { whole, counts } = await countsOf(path.id, response);
        sendFile(response, whole, 'prisma.csv', CSV, prismaCsv(counts));
      },
    }),
    operation({
      ...shared,
      id: 'getSearchLog',
      path: '/reviews/{id}/records/prisma-s.md',
      summary: 'Returns the log of the searches of a review, in the order of PRISMA-S',
      responses: { 200: { description: 'The log.', content: { [MARKDOWN]: undefined } } },
      handle: async (_request, response, { path }) => {
        const whole = await reviews().whole(path.id, { unblind: true });
        sendFile(response, whole, 'prisma-s.md', MARKDOWN, searchLog(whole));
      },
    }),
  ];
}

function fileOperations({ authorize, reviews }: ReviewContext): Operation[] {
  const shared = { ...OF_REVIEWS, authorize, pathParameters: reviewInPath } as const;
  return [
    operation({
      ...shared,
      id: 'exportReview',
      method: 'get',
      path: '/reviews/{id}/export',
      summary: 'Exports the papers of a review with their decisions',
      parameters: ReviewExportParameters,
      responses: {
        200: {
          description: 'The papers as a download, of the media type of the format.',
          content: { 'text/plain': undefined },
          alternatives: Object.fromEntries(
            REVIEW_FORMATS.map(({ name, mediaType }) => [
              mediaType,
              name === 'json' ? ScreenedPapers : undefined,
            ]),
          ),
        },
      },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query: { format, unblind } }) => {
        if (unblind) expectAdmin(response);
        const whole = await reviews().whole(path.id, { unblind });
        const { mediaType, extension } = reviewFormat(format);
        sendFile(response, whole, extension, mediaType, await exportReview(whole, format));
      },
    }),
    operation({
      ...shared,
      id: 'importLabels',
      method: 'post',
      path: '/reviews/{id}/import',
      summary: 'Reads your labels from a file',
      description:
        'Papers are found by identifier, else by title. All labels are written, or none. The same file can be imported again.',
      parameters: LabelImportParameters,
      body: {
        kind: 'stream',
        description: `A table (CSV, TSV), RIS or BibTeX with decisions as Rayyan, Covidence, ASReview or this server write them, or a project of ASReview; plain or gzipped, of at most ${MAX_LABEL_FILE / 2 ** 20} MB.`,
        mediaTypes: ['application/octet-stream', 'text/plain'],
      },
      responses: { 200: json(LabelImportAnswer, 'What was read.') },
      errors: [...CHANGE_ERRORS, 'BAD_INPUT', 'PAYLOAD_TOO_LARGE'],
      handle: async (request, response, { path, query: { file, from } }) => {
        await reviews().read(path.id);
        const bytes = await readBody(request, MAX_LABEL_FILE, grantOf(response));
        const labels = await readLabels(bytes, file);
        const { unmatched, problems, ...counts } = await importLabels(
          reviews(),
          path.id,
          labels,
          reviewerOf(response),
          { from },
        );
        notesOf(response).papers = counts.written;
        response.json({
          ...counts,
          unmatched: unmatched.map(({ place: { line, record }, title, identifiers }) => ({
            line,
            record,
            title,
            identifiers,
          })),
          problems: problems.map(({ line, record, field, reason }) => ({ line, record, field, reason })),
        });
      },
    }),
    operation({
      ...shared,
      id: 'replayReview',
      method: 'get',
      path: '/reviews/{id}/replay',
      summary: 'Ranks the papers of a review again as at each label, and compares the ranks with the log',
      description: 'Takes about as long as the reviewers waited for all their rankings.',
      parameters: ReplayParameters,
      responses: { 200: json(ReplayAnswer, 'Every label, and whether all ranks are the same.') },
      errors: READ_ERRORS,
      handle: async (_request, response, { path, query: { unblind } }) => {
        if (unblind) expectAdmin(response);
        response.json(await reviews().replay(path.id, { unblind }));
      },
    }),
  ];
}

/** Sends a download. @param name after the id of the review, which is safe in a header. */
function sendFile(
  response: Response,
  { id }: WholeReview,
  name: string,
  mediaType: string,
  content: string | Uint8Array,
): void {
  const separator = name.includes('.') ? '-' : '.';
  response.set('Content-Disposition', `attachment; filename="${id}${separator}${name}"`);
  response.set('Content-Type', mediaType.includes('zip') ? mediaType : `${mediaType}; charset=utf-8`);
  response.send(Buffer.from(content as string));
}

/** @throws PaperSearchError FORBIDDEN for a reviewer, who could see what the other decided. */
function expectAdmin(response: Response): void {
  const grant = grantOf(response);
  if (grant && allows(grant, 'admin')) return;
  throw new PaperSearchError(
    'FORBIDDEN',
    'unblind shows what reviewers must not see of each other yet. It needs a token with the scope "admin".',
    { details: { parameter: 'unblind', scope: 'admin' } },
  );
}
