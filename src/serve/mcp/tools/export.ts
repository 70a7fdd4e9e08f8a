import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { MAX_AGENT_EXPORT } from '../../../limits.ts';
import {
  EXPORT_FORMAT_NAMES,
  EXPORT_FORMATS,
  exportFormat,
  exportPapers,
} from '../../../papers/write/formats.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { jsonBytes } from '../budget.ts';
import { budgetInput, idInput } from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

const FORMATS = EXPORT_FORMATS.map(({ name, description }) => `${name}: ${description}`).join('; ');

const SOME_MISSING = 'Some papers did not fit. Export missingIds with another call.';
const ALL_MISSING = 'No paper fits into maxBytes. Call again with a larger maxBytes.';

const Input = inputObject({
  ids: z
    .array(idInput)
    .min(1)
    .max(MAX_AGENT_EXPORT)
    .describe('Ids of the papers in the order of the export.'),
  format: z.enum(EXPORT_FORMAT_NAMES).default('bibtex').describe(`${FORMATS}.`),
  maxBytes: budgetInput,
});

const Output = z.object({
  format: z.enum(EXPORT_FORMAT_NAMES),
  mediaType: z.string(),
  exported: z.number().int().describe('Number of papers in the text.'),
  text: z.string().describe('The content of the file.'),
  missingIds: z.array(z.string()).describe('Ids of papers that did not fit.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
});

/** Adds the tool `export`: papers in formats of other programs. */
export function addExport(server: McpServer, service: Service): void {
  server.registerTool(
    'export',
    {
      title: 'Export papers',
      description: `Returns papers as BibTeX, RIS, CSL-JSON, CSV, Markdown and other formats. Use the text unchanged. ${UNTRUSTED_TEXT}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ ids, format, maxBytes }) =>
      runTool(service, async (snapshot) => {
        const papers = await Promise.all([...new Set(ids)].map((id) => snapshot.paper(id)));
        const build = (shown: number) => {
          const missingIds = papers.slice(shown).map(({ id }) => id);
          return {
            format,
            mediaType: exportFormat(format).mediaType,
            exported: shown,
            text: visibleText(exportPapers(papers.slice(0, shown), format).replaceAll('\r\n', '\n')),
            missingIds,
            leftOut: missingIds.length === 0 ? [] : [shown > 0 ? SOME_MISSING : ALL_MISSING],
          };
        };
        let shown = papers.length;
        while (shown > 0 && jsonBytes(build(shown)) > maxBytes) shown--;
        return answerOf(build(shown));
      }),
  );
}
