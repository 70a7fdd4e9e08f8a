import type { Talk } from '../../search/schedule/timetable.ts';
import { formatShortDay, formatTimes } from '../clock.ts';
import { paperPath } from '../paths.ts';

const MAX_REPORTED = 5;

/** The most relevant papers and when they are presented. Empty if there are only a few. */
export function BestFirst({ talks }: { talks: readonly Talk[] }) {
  const ranked = talks.filter(({ rank }) => rank !== undefined).sort((a, b) => a.rank! - b.rank!);
  if (ranked.length <= MAX_REPORTED) return null;
  return (
    <section class="best-first" aria-labelledby="best-first">
      <h2 id="best-first">See these first</h2>
      <ol>
        {ranked.slice(0, MAX_REPORTED).map(({ id, title, start, end, hall }) => (
          <li key={id}>
            <a href={paperPath(id)}>{title}</a>{' '}
            <span class="summary">
              {[start && `${formatShortDay(start.slice(0, 10))} ${formatTimes(start, end)}`, hall]
                .filter(Boolean)
                .join(' · ') || 'time unknown'}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
