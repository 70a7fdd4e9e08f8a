import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import type { Annotations } from '../../collections/collection.ts';
import { MAX_HITS, MAX_RATING } from '../../limits.ts';
import type { Paper } from '../../papers/paper.ts';
import { request } from '../api.ts';
import { STATE_NAMES } from '../components/collection-filter.tsx';
import { PaperFacts } from '../components/paper-facts.tsx';
import { PaperMarks } from '../components/paper-marks.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { Tick } from '../components/tick.tsx';
import { counted } from '../format.ts';
import { inLibrary } from '../library.ts';
import { paperPath } from '../paths.ts';
import { PaperText } from '../spans.tsx';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';

/** An entry as whoever has the link sees it. */
interface SharedEntry extends Partial<Annotations> {
  readonly paper: Paper;
  readonly inIndex: boolean;
}

interface SharedPage {
  readonly name: string;
  readonly description: string;
  readonly changedAt: string;
  readonly withNotes: boolean;
  readonly total: number;
  readonly entries: readonly SharedEntry[];
}

const FORMATS = [
  { format: 'json', label: 'Everything (.json)' },
  { format: 'bibtex', label: 'BibTeX' },
  { format: 'ris', label: 'RIS' },
  { format: 'csl-json', label: 'CSL-JSON' },
  { format: 'zotero-rdf', label: 'Zotero RDF' },
] as const;

/** A collection that is shared by a link, to read and to export. */
export function SharedView() {
  const secret = useRoute().params.secret ?? '';
  const [at, setAt] = useState(0);
  const path = `/shared/${encodeURIComponent(secret)}`;
  const { data, error, loading, retry } = useRequest(`shared ${secret} ${at} ${OPENED}`, (signal) =>
    request<SharedPage>(`${path}?limit=${MAX_HITS}&offset=${at}`, { signal }),
  );
  useTitle(data?.name ?? 'Shared collection');
  useEffect(() => scrollTo(0, 0), [at]);
  if (error) {
    return (
      <>
        <h1>Shared collection</h1>
        <Failure error={error} retry={retry} />
      </>
    );
  }
  if (!data) return <Skeleton lines={6} />;
  return (
    <div class="collection shared-collection" aria-busy={loading}>
      <h1>{data.name}</h1>
      {data.description !== '' && <p class="note-text">{data.description}</p>}
      <p class="summary">
        {counted(data.total, 'paper')} in a collection that is shared with you, to read. Last changed on{' '}
        {data.changedAt.slice(0, 10)}.
      </p>
      <p class="buttons">
        Export{data.withNotes ? ' with notes' : ''}:{' '}
        {FORMATS.map(({ format, label }) => (
          <a key={format} href={inLibrary(`/v1${path}/export?format=${format}`)} download>
            {label}
          </a>
        ))}
      </p>
      <ul>
        {data.entries.map((entry) => (
          <SharedItem key={entry.paper.id} entry={entry} />
        ))}
      </ul>
      {data.total > MAX_HITS && (
        <p class="buttons">
          <button type="button" disabled={at === 0} onClick={() => setAt(at - MAX_HITS)}>
            Previous papers
          </button>
          <button type="button" disabled={at + MAX_HITS >= data.total} onClick={() => setAt(at + MAX_HITS)}>
            Next papers
          </button>
        </p>
      )}
    </div>
  );
}

/** Links are asked for again by every page: they can be revoked. */
const OPENED = Date.now();

function SharedItem({ entry: { paper, inIndex, note, tags = [], state, rating } }: { entry: SharedEntry }) {
  return (
    <li class="hit" data-id={paper.id}>
      {inIndex ? <Tick paper={paper} /> : <span />}
      <div>
        <h2 class="shared-title">
          {inIndex ? (
            <a class="hit-title" href={paperPath(paper.id)}>
              <PaperText text={paper.title} />
            </a>
          ) : (
            <PaperText text={paper.title} />
          )}
        </h2>
        {!inIndex && <p class="gone">This paper is no longer in the index. This is what was known of it.</p>}
        <PaperFacts paper={paper} />
        <PaperMarks paper={paper} />
        {note !== undefined && note !== '' && <p class="note-text">{note}</p>}
        {(tags.length > 0 || rating !== undefined || (state ?? 'unread') !== 'unread') && (
          <p class="collection-tags">
            {tags.map((tag) => (
              <span key={tag} class="tag">
                {tag}
              </span>
            ))}
            {state !== undefined && state !== 'unread' && <span>{STATE_NAMES[state]}</span>}
            {rating !== undefined && (
              <span>
                <span aria-hidden="true">{'★'.repeat(rating)}</span> {rating} of {MAX_RATING}
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
