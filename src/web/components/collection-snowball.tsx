import { useState } from 'preact/hooks';
import { MAX_HITS, MAX_IDS } from '../../limits.ts';
import type { SnowballDirection, SnowballHit } from '../../search/citations/api.ts';
import { api } from '../api.ts';
import { reasonOf } from '../citations.ts';
import { useCollection } from '../collection.ts';
import { counted, formatCount } from '../format.ts';
import { paperPath } from '../paths.ts';
import { PaperText, usePlainText } from '../spans.tsx';
import { useRequest } from '../use-request.ts';
import { OutsideWorks } from './outside-works.tsx';
import { PaperFacts } from './paper-facts.tsx';
import { Failure, Notice, Skeleton } from './states.tsx';
import { toggleCollected } from './tick.tsx';

const PAGE = 20;
const DIRECTIONS = [
  { name: 'backward', label: 'What they cite' },
  { name: 'forward', label: 'What cites them' },
  { name: 'both', label: 'Both' },
] as const satisfies readonly { name: SnowballDirection; label: string }[];

/** What was asked for. Its seeds stay the same while found papers are added to the collection. */
interface Asked {
  readonly direction: SnowballDirection;
  readonly ids: readonly string[];
  readonly limit: number;
}

/**
 * The papers that the collected papers cite, and those that cite them; found when the reader asks.
 * @param entries collected papers that are in the index.
 */
export function CollectionSnowball({ entries }: { entries: readonly { readonly id: string }[] }) {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const ids = entries.slice(0, MAX_IDS).map(({ id }) => id);
  const { data, loading, error, retry } = useRequest(asked && `snowball ${JSON.stringify(asked)}`, (signal) =>
    api.snowball(asked!, signal),
  );
  const ask = (direction: SnowballDirection) => setAsked({ direction, ids, limit: PAGE });
  const isOld = asked !== undefined && asked.ids.join('\n') !== ids.join('\n');
  return (
    <section aria-labelledby="snowball-title" aria-busy={loading} class={loading && data ? 'outdated' : ''}>
      <h2 id="snowball-title">Follow citations</h2>
      <fieldset class="segmented snowball-directions">
        <legend>Find what these cite and what cites them</legend>
        {DIRECTIONS.map(({ name, label }) => (
          <label key={name}>
            <input
              type="radio"
              name="snowball"
              checked={asked?.direction === name}
              onChange={() => ask(name)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {entries.length > MAX_IDS && <Notice>Only the first {formatCount(MAX_IDS)} papers are used.</Notice>}
      {isOld && data && (
        <Notice>
          The collection has changed since.{' '}
          <button type="button" class="link-button" onClick={() => ask(asked.direction)}>
            Find again
          </button>
        </Notice>
      )}
      {error && <Failure error={error} retry={retry} />}
      {asked && loading && !data && <Skeleton lines={6} />}
      <div role="status">
        {asked && data && !error && !loading && (
          <p class="summary">
            {data.total === 0
              ? 'No citations lead to other papers here.'
              : `${counted(data.total, 'paper')} found.`}
          </p>
        )}
      </div>
      {asked && data && !error && (
        <>
          <ol class="hits">
            {data.hits.map((hit) => (
              <FoundItem key={hit.paper.id} hit={hit} />
            ))}
          </ol>
          {data.total > data.hits.length && asked.limit < MAX_HITS && (
            <p>
              <button
                type="button"
                onClick={() => setAsked({ ...asked, limit: Math.min(asked.limit + PAGE, MAX_HITS) })}
              >
                Show more
              </button>
            </p>
          )}
          <OutsideWorks
            works={data.outside.map(({ reference, links }) => ({
              reference,
              note: links > 1 ? `cited by ${formatCount(links)} of them` : undefined,
            }))}
          />
        </>
      )}
    </section>
  );
}

function FoundItem({ hit: { paper, links, via } }: { hit: SnowballHit }) {
  const plain = usePlainText(paper.title);
  const isCollected = useCollection().some(({ id }) => id === paper.id);
  return (
    <li class="hit snowball-hit" data-id={paper.id}>
      <div>
        <a class="hit-title talk-title" href={paperPath(paper.id)}>
          <PaperText text={paper.title} />
        </a>
        <PaperFacts paper={paper} />
        <p class="shared">{reasonOf({ links, via })}</p>
      </div>
      <button
        type="button"
        class="add-button"
        aria-label={`${isCollected ? 'Remove' : 'Add'} “${plain}”`}
        onClick={() => toggleCollected(paper)}
      >
        {isCollected ? 'Remove' : 'Add'}
      </button>
    </li>
  );
}
