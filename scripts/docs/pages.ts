import { withSection } from '../bench/report/section.ts';
import { clusterSizesTable } from './cluster-sizes.ts';
import { helpPage } from './help.ts';
import { errorsTable, exportFormatsTable, formatsTable, settingsTable } from './tables.ts';

/** The generated parts of the documentation: a page, and a function that updates its text. */
export const GENERATED: readonly { readonly path: string; readonly update: (current: string) => string }[] = [
  { path: 'docs/help.md', update: helpPage },
  { path: 'docs/command-line.md', update: (text) => section(text, 'settings', settingsTable()) },
  { path: 'docs/cluster.md', update: (text) => section(text, 'sizes', clusterSizesTable()) },
  { path: 'docs/papers.md', update: (text) => section(text, 'formats', formatsTable()) },
  { path: 'docs/http-api.md', update: (text) => section(text, 'errors', errorsTable()) },
  {
    path: 'docs/compatible-apis.md',
    update: (text) => section(text, 'export-formats', exportFormatsTable()),
  },
];

function section(text: string, name: string, content: string): string {
  return withSection(text, name, `\n${content}\n`);
}
