import { api } from '../api.ts';
import { formatAuthors } from '../format.ts';
import { paperPath } from '../paths.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { PaperText } from '../spans.tsx';
import { useRequest } from '../use-request.ts';
import { RELATED_ID } from './paper-actions.tsx';
import { placeOf } from './paper-facts.tsx';
import { Relation } from './relation.tsx';
import { Failure, Skeleton } from './states.tsx';
import { Tick } from './tick.tsx';

const MAX_RELATED = 8;
const MAX_TERMS = 5;
const MAX_AUTHORS = 3;

/** The most similar papers, each with its links and the words that it shares. */
export function Related({ id }: { id: string }) {
  const { data, error, retry } = useRequest(`related to ${id}`, (signal) =>
    api.related({ positive: [id], limit: MAX_RELATED }, signal),
  );
  return (
    <aside class="related" id={RELATED_ID} aria-labelledby="related-title">
      <h2 id="related-title">Related papers</h2>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : !data ? (
        <Skeleton lines={8} />
      ) : data.hits.length === 0 ? (
        <p class="missing">There are no other papers.</p>
      ) : (
        <>
          <ol>
            {data.hits.map(({ paper, nearest }) => (
              <li key={paper.id} class="related-paper">
                <Tick paper={paper} />
                <div>
                  <a href={paperPath(paper.id)} class="related-title">
                    <PaperText text={paper.title} />
                  </a>
                  <p class="authors">
                    {[formatAuthors(paper.authors, MAX_AUTHORS), placeOf(paper)]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </p>
                  <Relation nearest={nearest} terms={MAX_TERMS} />
                </div>
              </li>
            ))}
          </ol>
          <a href={urlOf({ ...NO_SEARCH, like: [id] })}>All related papers</a>
        </>
      )}
    </aside>
  );
}
