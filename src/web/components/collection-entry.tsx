import type { AnnotationChange } from '../../collections/annotations.ts';
import {
  type CollectionEntry,
  READ_STATES,
  SEED_ROLES,
  type SeedRole,
} from '../../collections/collection.ts';
import { MAX_RATING } from '../../limits.ts';
import type { PaperSession } from '../../papers/paper.ts';
import type { Talk } from '../../search/schedule/timetable.ts';
import { formatShortDay, formatTimes } from '../clock.ts';
import { formatAuthors, formatSlot } from '../format.ts';
import { paperPath } from '../paths.ts';
import { PaperText, usePlainText } from '../spans.tsx';
import { STATE_NAMES } from './collection-filter.tsx';
import { CollectionNote } from './collection-note.tsx';
import { CollectionTags } from './collection-tags.tsx';
import { placeOf } from './paper-facts.tsx';
import { PaperMarks } from './paper-marks.tsx';
import { ClashNote, type Titles } from './talk.tsx';

const ROLE_NAMES: Readonly<Record<SeedRole, string>> = {
  for: 'More like this',
  against: 'Less like this',
  none: 'Ignore',
};
const MAX_AUTHORS = 4;
const RATINGS = Array.from({ length: MAX_RATING }, (_, at) => at + 1);

interface EntryProps {
  readonly entry: CollectionEntry;
  /** Its time slot in the index; undefined until it is loaded. */
  readonly talk: Talk | undefined;
  /** Whether it is no longer in the index. */
  readonly gone: boolean;
  readonly titles: Titles;
  readonly knownTags: readonly string[];
  readonly onChange: (change: AnnotationChange) => void;
  /** @param title in plain characters. */
  readonly onRemove: (title: string) => void;
}

/** A collected paper: what it is, when it is presented, and what the reader says about it. */
export function CollectedItem({ entry, talk, gone, titles, knownTags, onChange, onRemove }: EntryProps) {
  const { paper, note, tags, state, rating, role } = entry;
  const slot = talk ? slotOf(talk) : slotAsKept(paper.session);
  const authors = paper.authors.length > 0 ? paper.authors : (talk?.authors ?? []);
  const place = placeOf(paper);
  const plain = usePlainText(paper.title);
  return (
    <li class="collection-entry" data-id={paper.id}>
      <div>
        <h3>
          {gone ? (
            <PaperText text={paper.title} />
          ) : (
            <a href={paperPath(paper.id)}>
              <PaperText text={talk?.title ?? paper.title} />
            </a>
          )}
        </h3>
        {gone && <p class="gone">This paper is no longer in the index. This is what was known of it.</p>}
        {authors.length > 0 && <p class="authors">{formatAuthors(authors, MAX_AUTHORS)}</p>}
        {place !== '' && <p class="facts">{place}</p>}
        {slot !== undefined && <p class="facts">{slot}</p>}
        <PaperMarks paper={paper} />
        {talk && <ClashNote talk={talk} titles={titles} />}
      </div>
      <CollectionNote note={note} title={plain} onSave={(written) => onChange({ note: written })} />
      <CollectionTags
        tags={tags}
        title={plain}
        known={knownTags}
        onAdd={(tag) => onChange({ addTags: [tag] })}
        onRemove={(tag) => onChange({ removeTags: [tag] })}
      />
      <div class="collection-tools">
        <select
          aria-label={`State of “${plain}”`}
          value={state}
          onChange={({ currentTarget: { value } }) =>
            onChange({ state: READ_STATES.find((each) => each === value) })
          }
        >
          {READ_STATES.map((each) => (
            <option key={each} value={each}>
              {STATE_NAMES[each]}
            </option>
          ))}
        </select>
        <select
          aria-label={`Rating of “${plain}”`}
          value={rating ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ rating: value === '' ? null : Number(value) })
          }
        >
          <option value="">Not rated</option>
          {RATINGS.map((each) => (
            <option key={each} value={each}>
              {'★'.repeat(each)} {each} of {MAX_RATING}
            </option>
          ))}
        </select>
        {!gone && (
          <fieldset class="segmented">
            <legend class="visually-hidden">Related papers: “{plain}”</legend>
            {SEED_ROLES.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name={`role ${paper.id}`}
                  value={each}
                  checked={role === each}
                  onChange={() => onChange({ role: each })}
                />
                <span>{ROLE_NAMES[each]}</span>
              </label>
            ))}
          </fieldset>
        )}
        <button
          type="button"
          class="link-button"
          aria-label={`Remove “${plain}”`}
          onClick={() => onRemove(plain)}
        >
          Remove
        </button>
      </div>
    </li>
  );
}

function slotOf({ session, hall, start, end }: Talk): string | undefined {
  const when = start && `${formatShortDay(start.slice(0, 10))} ${formatTimes(start, end)}`;
  return [session, hall, when].filter(Boolean).join(' · ') || undefined;
}

/** Times of a source may be any text; those of a talk are not. */
function slotAsKept({ name, hall, start, end }: PaperSession = {}): string | undefined {
  return [name, hall, formatSlot(start, end)].filter(Boolean).join(' · ') || undefined;
}
