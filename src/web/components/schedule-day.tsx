import type { TimetableDay, TimetableSession } from '../../search/schedule/timetable.ts';
import { formatDay, formatTimes } from '../clock.ts';
import { gridOf } from '../day-grid.ts';
import { TalkItem, type Titles } from './talk.tsx';

const NO_HALL = 'Room unknown';

interface DayProps {
  readonly day: TimetableDay;
  readonly titles: Titles;
}

/** A day as a table of hours and rooms, for wide screens. */
export function DayGrid({ day, titles }: DayProps) {
  const heading = `day-${day.day}`;
  return (
    <section class="schedule-day" aria-labelledby={heading}>
      <h2 id={heading}>{formatDay(day.day)}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section class="day-grid" tabIndex={0} aria-label={`Rooms on ${formatDay(day.day)}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {day.halls.map(({ hall }) => (
                <th key={hall} scope="col">
                  {hall ?? NO_HALL}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {gridOf(day).map(({ hour, cells }) => (
              <tr key={hour}>
                <th scope="row">{hour ?? 'Time unknown'}</th>
                {cells.map((parts, column) => (
                  <td key={day.halls[column]!.hall}>
                    {parts.map(({ session, talks }) => (
                      <div key={session} class="grid-part">
                        {session !== undefined && <p class="session-name">{session}</p>}
                        <ul>
                          {talks.map((talk) => (
                            <TalkItem key={talk.id} talk={talk} titles={titles} />
                          ))}
                        </ul>
                      </div>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** A day as a list of sessions by time, for narrow screens. */
export function DayList({ day, titles }: DayProps) {
  const heading = `day-${day.day}`;
  return (
    <section class="schedule-day" aria-labelledby={heading}>
      <h2 id={heading}>{formatDay(day.day)}</h2>
      {sessionsByTime(day).map(({ hall, session }) => (
        <section key={`${hall} ${session.name}`} class="session">
          <h3>{[session.name ?? 'Session', hall ?? NO_HALL].join(' · ')}</h3>
          <p class="session-times">{formatTimes(session.start, session.end)}</p>
          <ul>
            {session.talks.map((talk) => (
              <TalkItem key={talk.id} talk={talk} titles={titles} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function sessionsByTime({ halls }: TimetableDay): { hall: string | undefined; session: TimetableSession }[] {
  return halls
    .flatMap(({ hall, sessions }) => sessions.map((session) => ({ hall, session })))
    .sort((a, b) => (a.session.start < b.session.start ? -1 : a.session.start > b.session.start ? 1 : 0));
}
