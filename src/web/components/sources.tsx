import type { Paper } from '../../papers/paper.ts';
import { counted } from '../format.ts';

/** Where a paper was read, and, if it was merged from several records, the fields from each. */
export function Sources({ paper }: { paper: Paper }) {
  const sources = paper.sources ?? [paper.source];
  const fieldsOf = (place: number) =>
    Object.entries(paper.provenance ?? {}).flatMap(([field, places]) =>
      places.includes(place) ? [field] : [],
    );
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">
        {sources.length > 1 ? `Merged from ${counted(sources.length, 'record')}` : 'Source'}
      </h2>
      <ul class="sources">
        {sources.map(({ file, format, record }, place) => {
          const fields = fieldsOf(place);
          return (
            <li key={`${file} ${record}`}>
              <code>{file === '-' ? 'standard input' : file}</code>, record {record} ({format})
              {fields.length > 0 && <span class="from">source of {fields.join(', ')}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
