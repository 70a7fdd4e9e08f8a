import { MAX_SEEDS } from '../../limits.ts';
import type { RelatedHit } from '../../search/api.ts';
import { api } from '../api.ts';
import { relationText } from '../citations.ts';
import { counted } from '../format.ts';
import { paperPath } from '../paths.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { type Seed, seedsOf } from '../seed-roles.ts';
import { PaperText, usePlainText } from '../spans.tsx';
import { useRequest } from '../use-request.ts';
import { PaperFacts } from './paper-facts.tsx';
import { Failure, Notice, Skeleton } from './states.tsx';
import type { Titles } from './talk.tsx';
import { Tick } from './tick.tsx';

const MAX_RELATED = 10;
const MAX_TERMS = 6;

interface CollectionRelatedProps {
  /** Collected papers that are in the index. */
  readonly entries: readonly Seed[];
  readonly titles: Titles;
}

/** Papers related to the collection: close to any paper marked "more like this", and unlike those marked "less like this". */
export function CollectionRelated({ entries, titles }: CollectionRelatedProps) {
  const { positive, negative, leftOut } = seedsOf(entries);
  const body = { positive, negative, limit: MAX_RELATED };
  const { data, loading, error, retry } = useRequest(
    positive.length > 0 ? `related ${JSON.stringify(body)}` : undefined,
    (signal) => api.related(body, signal),
  );
  return (
    <section
      aria-labelledby="collection-related"
      aria-busy={loading}
      class={loading && data ? 'outdated' : ''}
    >
      <h2 id="collection-related">Related papers</h2>
      {leftOut > 0 && (
        <Notice>
          Only the first {MAX_SEEDS} papers of each role are used; {counted(leftOut, 'paper')} left out.
        </Notice>
      )}
      {positive.length === 0 && (
        <p class="summary">Choose “More like this” for at least one paper to see related papers.</p>
      )}
      {error && <Failure error={error} retry={retry} />}
      {!data && loading && <Skeleton lines={6} />}
      {data && !error && data.hits.length === 0 && <p class="summary">There are no other papers.</p>}
      {data && !error && data.hits.length > 0 && (
        <>
          <ol class="hits">
            {data.hits.map((hit) => (
              <RelatedItem key={hit.paper.id} hit={hit} titles={titles} />
            ))}
          </ol>
          <p>
            <a href={urlOf({ ...NO_SEARCH, like: positive, unlike: negative })}>All related papers</a>
          </p>
        </>
      )}
    </section>
  );
}

function RelatedItem({ hit: { paper, nearest }, titles }: { hit: RelatedHit; titles: Titles }) {
  const seed = nearest.id === undefined ? undefined : titles.get(nearest.id);
  const plain = usePlainText(seed ?? '');
  const reasons = [seed === undefined ? '' : `Closest to “${plain}”`, relationText(nearest, MAX_TERMS)];
  return (
    <li class="hit" data-id={paper.id}>
      <Tick paper={paper} />
      <div>
        <a class="hit-title talk-title" href={paperPath(paper.id)}>
          <PaperText text={paper.title} />
        </a>
        <PaperFacts paper={paper} />
        <p class="shared">{reasons.filter((reason) => reason !== '').join(' · ')}</p>
      </div>
    </li>
  );
}
