import type { Request, Response } from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import {
  EXPORT_FORMATS,
  type ExportFormatName,
  exportFormat,
  exportPapers,
} from '../../papers/write/formats.ts';
import { citationKeys } from '../../papers/write/keys.ts';
import type { ResponseDescription } from './operation.ts';

/**
 * The header that counts the papers that are not in a file by reason, as a dictionary of RFC 8941. Absent when all papers
 * are in it.
 */
export const LEFT_OUT = 'Papers-Left-Out';

/** Media types of exports except plain JSON, which each operation answers in its own form. */
const EXPORT_TYPES = EXPORT_FORMATS.filter(({ name }) => name !== 'json').map(({ mediaType }) => mediaType);
/** JSON is first, so clients that accept any type get it. */
const OFFERED = ['application/json', ...EXPORT_TYPES];

/** The fields that CSL requires; its own schema describes the others. */
const CslItems = z
  .array(z.looseObject({ id: z.string(), type: z.string(), title: z.string() }))
  .describe('See https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.');

/** The content of a response that may be an export, for the document. */
export const EXPORT_CONTENT: NonNullable<ResponseDescription['content']> = Object.fromEntries(
  EXPORT_FORMATS.flatMap(({ name, mediaType }) =>
    name === 'json' ? [] : [[mediaType, name === 'csl-json' ? CslItems : undefined]],
  ),
);

/**
 * How a file in any export format is documented: as text, which it always is. Generated clients then have one type for
 * it, and not one for each format.
 * @param papers the schema of plain JSON.
 */
export function fileResponse(
  description: string,
  papers: z.ZodType,
): Pick<ResponseDescription, 'description' | 'content' | 'alternatives'> {
  const { 'text/plain': _, ...alternatives } = EXPORT_CONTENT;
  return {
    description: `${description} The media type is that of the format; all are text.`,
    content: { 'text/plain': undefined },
    alternatives: { 'application/json': papers, ...alternatives },
  };
}

/**
 * The format that the header `Accept` prefers; also sets `Vary: Accept`.
 * @throws PaperSearchError NOT_ACCEPTABLE when none of the formats is accepted.
 */
export function acceptedFormat(request: Request, response: Response): ExportFormatName {
  response.vary('Accept');
  const type = request.accepts(OFFERED);
  const format = EXPORT_FORMATS.find(({ mediaType }) => mediaType === type);
  if (format) return format.name;
  throw new PaperSearchError(
    'NOT_ACCEPTABLE',
    `None of the types in the header Accept is available. Available: ${OFFERED.join(', ')}.`,
    { details: { available: OFFERED } },
  );
}

/**
 * Sends papers as text or, with a file name, as a download.
 * @param fileName without its extension; only letters, digits and hyphens, since it is written to a header.
 */
export function sendExport(
  response: Response,
  papers: readonly Paper[],
  format: ExportFormatName,
  fileName?: string,
): void {
  const { mediaType, extension } = exportFormat(format);
  if (fileName !== undefined) {
    response.set('Content-Disposition', `attachment; filename="${fileName}.${extension}"`);
  }
  response.set('Content-Type', `${mediaType}; charset=utf-8`).send(exportPapers(papers, format));
}

/** The file name for one paper: its citation key, which is safe in a header. */
export function fileNameOf(paper: Paper): string {
  return citationKeys([paper])[0]!;
}

/** Splits `doi:10.1000%2F182.bib` into id and format; undefined for a text without a known extension. */
export function splitExtension(text: string): { id: string; format: ExportFormatName } | undefined {
  // Longest first, because `.csl.json` also ends in `.json`.
  const formats = [...EXPORT_FORMATS].sort((a, b) => b.extension.length - a.extension.length);
  const found = formats.find(({ extension }) => text.toLowerCase().endsWith(`.${extension}`));
  const id = found && text.slice(0, -found.extension.length - 1);
  return id ? { id, format: found.name } : undefined;
}
