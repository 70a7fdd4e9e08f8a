import { useState } from 'preact/hooks';
import type { Collection } from '../../collections/collection.ts';
import { toOwnJson } from '../../collections/own-json.ts';
import { announce } from '../announce.tsx';
import { ApiError, api, requestFile, type ServedFile } from '../api.ts';
import { counted } from '../format.ts';
import { saveFile } from '../save-file.ts';
import { collectionPath } from '../shelf/on-server.ts';
import { useShelf } from '../shelf/shelf.ts';
import { Notice } from './states.tsx';

/** Export formats, by the server's name of the format. */
const FORMATS = [
  { format: 'bibtex', label: 'BibTeX', file: 'papers.bib' },
  { format: 'ris', label: 'RIS', file: 'papers.ris' },
  { format: 'csl-json', label: 'CSL-JSON', file: 'papers.csl.json' },
  { format: 'csv', label: 'CSV', file: 'papers.csv' },
  { format: 'markdown', label: 'Markdown', file: 'papers.md' },
] as const;

/** Formats that have notes when the server writes them, by its names. */
const WITH_NOTES: ReadonlySet<string> = new Set(['bibtex', 'ris', 'csl-json', 'zotero-rdf']);
const ZOTERO = { format: 'zotero-rdf', label: 'Zotero RDF', file: 'papers.rdf' } as const;

interface ExportProps {
  readonly collection: Collection;
  /** Papers that are in the index. */
  readonly ids: readonly string[];
  /** How many of them have a time. */
  readonly timed: number;
}

/** Saves the collected papers as files, and adds the papers of a file. */
export function CollectionExport({ collection, ids, timed }: ExportProps) {
  const onServer = useShelf().where === 'server';
  const [notice, setNotice] = useState<string | undefined>(undefined);
  const save = async (name: string, ask: () => Promise<ServedFile>) => {
    setNotice(undefined);
    try {
      const { content, leftOut } = await ask();
      saveFile(content, name);
      announce(`Saved as ${name}.`);
      setNotice(leftOut && `${name} was saved without some papers: ${inWords(leftOut)}.`);
    } catch (thrown) {
      setNotice(thrown instanceof ApiError ? thrown.message : String(thrown));
    }
  };
  return (
    <section aria-labelledby="export" class="collection-export">
      <h2 id="export">Export {counted(ids.length, 'paper')}</h2>
      <div class="buttons">
        <button
          type="button"
          onClick={() =>
            save(`${collection.id}.json`, async () => ({
              content: new Blob([toOwnJson(collection)], { type: 'application/json' }),
              leftOut: undefined,
            }))
          }
        >
          Everything, with notes (.json)
        </button>
        {[...FORMATS, ...(onServer ? [ZOTERO] : [])].map(({ format, label, file }) => (
          <button
            key={format}
            type="button"
            disabled={ids.length === 0}
            onClick={() =>
              save(file, () =>
                onServer && WITH_NOTES.has(format)
                  ? requestFile(collectionPath(collection.id, `/export?format=${format}`))
                  : api.export(ids, format),
              )
            }
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          disabled={timed === 0}
          onClick={() => save('schedule.ics', () => api.calendar(ids))}
        >
          Calendar (.ics)
        </button>
      </div>
      <p class="summary">
        {onServer
          ? 'CSV, Markdown and the calendar have no notes, and no papers that are not in the index. The other files have both.'
          : 'Notes, tags, read states, ratings and papers that are no longer in the index are in the first file only, which can be imported again.'}
      </p>
      {timed < ids.length && (
        <p class="summary">
          {timed === 0
            ? 'No paper has a known time, so there is no calendar.'
            : `${counted(timed, 'paper')} with a known time will be in the calendar.`}
        </p>
      )}
      <div role="status">{notice !== undefined && <Notice>{notice}</Notice>}</div>
    </section>
  );
}

/** "without-time=1, unknown=2" in words. */
function inWords(leftOut: string): string {
  return leftOut
    .split(', ')
    .map((part) => part.split('='))
    .map(([reason = '', count]) => `${count} ${reason.replaceAll('-', ' ')}`)
    .join(', ');
}
