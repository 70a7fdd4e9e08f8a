import { isUnpublished } from '../../papers/acceptance.ts';
import type { FilterName } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { formatSlot } from '../format.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { PaperMarks } from './paper-marks.tsx';

/** Under the title of a paper: where and when it appeared, what its venue decided, and whether it was retracted. */
export function PaperWhere({ paper }: { paper: Paper }) {
  const { venue, year, session, acceptance } = paper;
  // A venue that did not publish the paper is named in its mark only.
  const published = !isUnpublished(acceptance);
  const when = formatSlot(session?.start, session?.end);
  const slot = [session?.name, session?.hall, when].filter((part) => part !== undefined);
  return (
    <div class="paper-where">
      {venue !== undefined && published && <Others name="venue" value={venue} />}
      {year !== undefined && published && <Others name="year" value={String(year)} />}
      <PaperMarks paper={paper} whole />
      {slot.length > 0 && <span class="slot">{slot.join(' · ')}</span>}
    </div>
  );
}

/** A link to the other papers with the same value. */
function Others({ name, value }: { name: FilterName; value: string }) {
  return <a href={urlOf({ ...NO_SEARCH, filters: { [name]: [value] } })}>{value}</a>;
}
