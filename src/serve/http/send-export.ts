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

/** The header with the number of papers that a file does not contain, by the reason, as a dictionary of RFC 8941. Absent when it contains all. */
export const LEFT_OUT = 'Papers-Left-Out';

/** Media types of the formats that papers are written in, but for plain JSON, which each answer has in its own form. */
const EXPORT_TYPES = EXPORT_FORMATS.filter(({ name }) => name !== 'json').map(({ mediaType }) => mediaType);
/** JSON first: it is what whoever takes anything gets. */
const OFFERED = ['application/json', ...EXPORT_TYPES];

/** The least that CSL asks of an item; its own schema says the rest. */
const CslItems = z
  .array(z.looseObject({ id: z.string(), type: z.string(), title: z.string() }))
  .describe('As https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json says.');

/** What a response says of its content when it may be an export, for the document. */
export const EXPORT_CONTENT: NonNullable<ResponseDescription['content']> = Object.fromEntries(
  EXPORT_FORMATS.flatMap(({ name, mediaType }) =>
    name === 'json' ? [] : [[mediaType, name === 'csl-json' ? CslItems : undefined]],
  ),
);

/**
 * The format that the client likes best by its header `Accept`; the answer is marked as depending on that.
 * @throws PaperSearchError NOT_ACCEPTABLE when it takes none of them.
 */
export function acceptedFormat(request: Request, response: Response): ExportFormatName {
  response.vary('Accept');
  const type = request.accepts(OFFERED);
  const format = EXPORT_FORMATS.find(({ mediaType }) => mediaType === type);
  if (format) return format.name;
  throw new PaperSearchError(
    'NOT_ACCEPTABLE',
    `The header Accept takes nothing that there is: ${OFFERED.join(', ')}.`,
    { details: { available: OFFERED } },
  );
}

/**
 * Answers with papers as a text to be read, or, given a name, as a file to be kept.
 * @param fileName without its extension, of letters, digits and hyphens only: it goes into a header.
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

/** The name of a file with one paper: its citation key, which is safe in a header. */
export function fileNameOf(paper: Paper): string {
  return citationKeys([paper])[0]!;
}

/** An id and the format that stands after it, as in `doi:10.1000%2F182.bib`; undefined where none does. */
export function splitExtension(text: string): { id: string; format: ExportFormatName } | undefined {
  // The longest first: `.csl.json` ends in `.json` too.
  const formats = [...EXPORT_FORMATS].sort((a, b) => b.extension.length - a.extension.length);
  const found = formats.find(({ extension }) => text.toLowerCase().endsWith(`.${extension}`));
  const id = found && text.slice(0, -found.extension.length - 1);
  return id ? { id, format: found.name } : undefined;
}
