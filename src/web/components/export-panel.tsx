import type { ExportFormatName } from '../../papers/write/formats.ts';

const FORMATS: readonly (readonly [name: ExportFormatName, label: string])[] = [
  ['bibtex', 'BibTeX'],
  ['ris', 'RIS'],
  ['csl-json', 'CSL-JSON'],
  ['csv', 'CSV'],
  ['markdown', 'Markdown'],
  ['jsonl', 'JSON Lines'],
  ['text', 'Plain text'],
];

interface ExportPanelProps {
  readonly caption: string;
  /** The address of the file in a format. */
  readonly urlOf: (format: ExportFormatName) => string;
  /** Called when a file is chosen. */
  readonly onChoose: () => void;
}

/**
 * Files with the relevant papers of a search, in each format. What it needs is in its properties: code that it shared with
 * the first view would become files of their own, which the first view would have to load, too.
 */
export function ExportPanel({ caption, urlOf, onChoose }: ExportPanelProps) {
  return (
    <>
      <p>{caption}</p>
      <ul>
        {FORMATS.map(([format, label]) => (
          <li key={format}>
            <a href={urlOf(format)} download onClick={onChoose}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
