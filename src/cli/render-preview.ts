import pc from 'picocolors';
import type { Preview } from '../ingest/preview.ts';
import type { Paper } from '../papers/paper.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { bylineOf, INDENT, renderReading, statusMark } from './render.ts';

const ABSTRACT_LENGTH = 160;

/** What would be read: the files, some papers, and the problems. */
export function renderPreview(given: Preview): string {
  const preview = visibleTexts(given);
  const { read, papers, withoutAbstract, examples, files } = preview;
  return [
    `Would read ${read} records: ${papers} papers, ${withoutAbstract} of them without abstract. The index is unchanged.`,
    ...files.map(({ file, format, papers: count }) => `  ${file}: ${count} papers, ${format}`),
    ...examples.flatMap((paper) => ['', ...renderExample(paper)]),
    ...(examples.length > 0 ? [''] : []),
    ...renderReading(preview),
  ]
    .join('\n')
    .trimEnd();
}

function renderExample(paper: Paper): string[] {
  const { id, title, abstract, keywords, categories, source } = paper;
  const shown = abstract.length > ABSTRACT_LENGTH ? `${abstract.slice(0, ABSTRACT_LENGTH)}…` : abstract;
  const topics = [...keywords, ...categories].join(', ');
  return [
    `${statusMark(paper)}${pc.bold(title || '(no title)')}`,
    `${INDENT}${bylineOf(paper)}`,
    `${INDENT}${shown.replaceAll('\n\n', ' ') || '(no abstract)'}`,
    ...(topics === '' ? [] : [`${INDENT}${topics}`]),
    `${INDENT}${pc.dim(`${id}  (${source.file}, record ${source.record})`)}`,
  ];
}

/** The formats that can be read, one per line, with their usual file names. */
export function renderFormats(
  formats: readonly Readonly<{ format: string; description: string; files: readonly string[] }>[],
): string {
  const width = Math.max(...formats.map(({ format }) => format.length));
  return formats
    .map(({ format, description, files }) => {
      const names = files.length > 0 ? `  (${files.join(', ')})` : '';
      return `${format.padEnd(width)}  ${description}${pc.dim(names)}`;
    })
    .join('\n');
}
