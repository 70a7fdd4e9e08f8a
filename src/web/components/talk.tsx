import type { Talk } from '../../search/schedule/timetable.ts';
import { formatTimes } from '../clock.ts';
import { formatAuthors } from '../format.ts';
import { paperPath } from '../paths.ts';
import { PaperText, PlainText } from '../spans.tsx';
import { Tick } from './tick.tsx';

const MAX_AUTHORS = 3;
/** Clashing papers that are named. */
const MAX_NAMED = 2;

/** Titles by id, for what a talk only names. */
export type Titles = ReadonlyMap<string, string>;

/** A paper in the schedule. */
export function TalkItem({ talk, titles }: { talk: Talk; titles: Titles }) {
  return (
    <li class="hit talk" data-id={talk.id}>
      <Tick paper={talk} />
      <div>
        <p class="talk-head">
          {talk.start !== undefined && <span class="talk-time">{formatTimes(talk.start, talk.end)}</span>}
          {talk.rank !== undefined && (
            <span class="talk-rank">
              <span class="visually-hidden">Relevance: </span>No. {talk.rank}
            </span>
          )}
        </p>
        <a href={paperPath(talk.id)} class="hit-title talk-title">
          <PaperText text={talk.title} />
        </a>
        {talk.authors.length > 0 && <p class="authors">{formatAuthors(talk.authors, MAX_AUTHORS)}</p>}
        <ClashNote talk={talk} titles={titles} />
      </div>
    </li>
  );
}

/** What is at the same time as a talk. */
export function ClashNote({ talk, titles }: { talk: Talk; titles: Titles }) {
  if (!talk.clashes) return null;
  const named = talk.clashes.ids.filter((id) => titles.has(id)).slice(0, MAX_NAMED);
  const others = talk.clashes.count - named.length;
  return (
    <p class="clash">
      <strong>Clash:</strong> at the same time as{' '}
      {named.map((id, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <a href={paperPath(id)}>
            <PlainText text={titles.get(id)!} />
          </a>
        </span>
      ))}
      {others > 0 && `${named.length > 0 ? ' and ' : ''}${others} ${named.length > 0 ? 'more' : 'others'}`}
    </p>
  );
}
