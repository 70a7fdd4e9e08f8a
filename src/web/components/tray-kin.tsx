import { MAX_SEEDS } from '../../limits.ts';
import type { RelatedHit } from '../../search/searcher.ts';
import { api } from '../api.ts';
import { counted } from '../format.ts';
import { paperPath } from '../paths.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { type SeedRoles, seedsOf } from '../seed-roles.ts';
import type { TrayEntry } from '../tray.ts';
import { useRequest } from '../use-request.ts';
import { PaperFacts } from './paper-facts.tsx';
import { Failure, Notice, Skeleton } from './states.tsx';
import type { Titles } from './talk.tsx';
import { Tick } from './tick.tsx';

const MAX_RELATED = 10;
const MAX_TERMS = 6;

interface KinProps {
  /** Papers of the tray that the corpus has. */
  readonly entries: readonly TrayEntry[];
  readonly roles: SeedRoles;
  readonly titles: Titles;
}

/** Papers related to those of the tray: near to any of the wanted ones, and away from the unwanted. */
export function TrayKin({ entries, roles, titles }: KinProps) {
  const { positive, negative, leftOut } = seedsOf(entries, roles);
  const body = { positive, negative, limit: MAX_RELATED };
  const { data, loading, error, retry } = useRequest(
    positive.length > 0 ? `related ${JSON.stringify(body)}` : undefined,
    (signal) => api.related(body, signal),
  );
  return (
    <section aria-labelledby="kin" aria-busy={loading} class={loading && data ? 'outdated' : ''}>
      <h2 id="kin">Related papers</h2>
      {leftOut > 0 && (
        <Notice>
          Only the first {MAX_SEEDS} of a kind are compared: {counted(leftOut, 'paper')} left out.
        </Notice>
      )}
      {positive.length === 0 && (
        <p class="summary">Choose “More like it” for at least one paper to see what is related.</p>
      )}
      {error && <Failure error={error} retry={retry} />}
      {!data && loading && <Skeleton lines={6} />}
      {data && !error && data.hits.length === 0 && <p class="summary">The corpus has no other paper.</p>}
      {data && !error && data.hits.length > 0 && (
        <>
          <ol class="hits">
            {data.hits.map((hit) => (
              <KinItem key={hit.paper.id} hit={hit} titles={titles} />
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

function KinItem({ hit: { paper, nearest }, titles }: { hit: RelatedHit; titles: Titles }) {
  const seed = nearest.id === undefined ? undefined : titles.get(nearest.id);
  const terms = nearest.sharedTerms.slice(0, MAX_TERMS);
  return (
    <li class="hit" data-id={paper.id}>
      <Tick paper={paper} />
      <div>
        <a class="hit-title talk-title" href={paperPath(paper.id)}>
          {paper.title}
        </a>
        <PaperFacts paper={paper} />
        <p class="shared">
          {seed !== undefined && <>Nearest to “{seed}”</>}
          {seed !== undefined && terms.length > 0 && ' · '}
          {terms.length > 0 && `Shares ${terms.join(', ')}`}
        </p>
      </div>
    </li>
  );
}
