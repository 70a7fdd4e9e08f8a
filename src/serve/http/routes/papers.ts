import { EXPORT_FORMATS } from '../../../papers/write/formats.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { paperOrNone } from '../../../search/papers-by-id.ts';
import { json, type Operation, operation } from '../operation.ts';
import { idInPath } from '../parameters.ts';
import { Paper } from '../schemas/paper.ts';
import { RelatedResponse } from '../schemas/related.ts';
import { acceptedFormat, EXPORT_CONTENT, fileNameOf, sendExport, splitExtension } from '../send-export.ts';
import { RelatedParameters } from './related.ts';

const EXTENSIONS = EXPORT_FORMATS.map(({ extension }) => `\`.${extension}\``).join(', ');
const PAPER_DESCRIPTION = `Returns JSON, or the format of the header \`Accept\`. With an extension after the id, it returns a file for other programs: ${EXTENSIONS}.

If the id of a paper ends in such an extension, the path returns that paper; append the extension once more for the file.`;

/** A paper and its related papers. */
export function paperOperations(): Operation[] {
  return [
    operation({
      id: 'getPaper',
      method: 'get',
      path: '/papers/{id}',
      mount: 'both',
      tag: 'Papers',
      summary: 'Returns a paper',
      description: PAPER_DESCRIPTION,
      pathParameters: idInPath,
      responses: {
        200: { ...json(Paper, 'The paper.'), alternatives: EXPORT_CONTENT },
      },
      errors: ['NOT_FOUND', 'NOT_ACCEPTABLE'],
      handle: async (request, response, { path, snapshot }) => {
        const file = splitExtension(path.id);
        // The exact id is tried first; otherwise a paper with an id like `a.bib` could not be requested.
        const paper = file && (await paperOrNone(snapshot, path.id));
        if (file && !paper) {
          const found = await snapshot.paper(file.id);
          if (file.format === 'json') response.json(found);
          else sendExport(response, [found], file.format, fileNameOf(found));
          return;
        }
        const format = acceptedFormat(request, response);
        const found = paper ?? (await snapshot.paper(path.id));
        if (format === 'json') response.json(found);
        else sendExport(response, [found], format);
      },
    }),
    operation({
      id: 'getRelatedPapers',
      method: 'get',
      path: '/papers/{id}/related',
      mount: 'both',
      tag: 'Search',
      summary: 'Finds papers related to one paper',
      pathParameters: idInPath,
      parameters: RelatedParameters.omit({ rejected: true }),
      responses: {
        200: json(RelatedResponse, 'Related papers, the most similar first, without the paper itself.'),
      },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { path, query, snapshot }) => {
        response.json(await snapshot.related({ positive: [path.id], ...withFilters(query) }));
      },
    }),
  ];
}
