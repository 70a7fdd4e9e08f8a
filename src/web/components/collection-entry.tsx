import type { Talk } from '../../search/schedule/timetable.ts';
import { formatShortDay, formatTimes } from '../clock.ts';
import type { CollectedPaper } from '../collection.ts';
import { formatAuthors } from '../format.ts';
import { paperPath } from '../paths.ts';
import { SEED_ROLES, type SeedRole } from '../seed-roles.ts';
import { PaperText, usePlainText } from '../spans.tsx';
import { ClashNote, type Titles } from './talk.tsx';

const ROLE_NAMES = { positive: 'More like this', negative: 'Less like this', none: 'Ignore' } as const;
const MAX_AUTHORS = 4;

interface EntryProps {
  readonly entry: CollectedPaper;
  /** Its entry in the index; undefined until it is loaded. */
  readonly talk: Talk | undefined;
  /** Whether it is no longer in the index. */
  readonly gone: boolean;
  readonly role: SeedRole;
  readonly titles: Titles;
  readonly onRole: (role: SeedRole) => void;
  /** @param title in plain characters. */
  readonly onRemove: (title: string) => void;
}

/** A collected paper: when it is presented, and its role in the search for related papers. */
export function CollectedItem({ entry, talk, gone, role, titles, onRole, onRemove }: EntryProps) {
  const slot = talk && slotOf(talk);
  const plain = usePlainText(entry.title);
  return (
    <li class="collection-entry" data-id={entry.id}>
      <div>
        <h3>
          {gone ? (
            <PaperText text={entry.title} />
          ) : (
            <a href={paperPath(entry.id)}>
              <PaperText text={talk?.title ?? entry.title} />
            </a>
          )}
        </h3>
        {gone && <p class="gone">This paper is no longer in the index.</p>}
        {talk && talk.authors.length > 0 && <p class="authors">{formatAuthors(talk.authors, MAX_AUTHORS)}</p>}
        {slot && <p class="facts">{slot}</p>}
        {talk && <ClashNote talk={talk} titles={titles} />}
      </div>
      <div class="collection-tools">
        {!gone && (
          <fieldset class="segmented">
            <legend class="visually-hidden">Related papers: “{plain}”</legend>
            {SEED_ROLES.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name={`role ${entry.id}`}
                  value={each}
                  checked={role === each}
                  onChange={() => onRole(each)}
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
