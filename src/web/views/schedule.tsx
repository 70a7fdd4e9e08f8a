import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Talk } from '../../search/schedule/timetable.ts';
import { announce } from '../announce.tsx';
import { api, type Schedule } from '../api.ts';
import { zoneOf } from '../clock.ts';
import { BestFirst } from '../components/best-first.tsx';
import { ScheduleControls } from '../components/schedule-controls.tsx';
import { DayGrid, DayList } from '../components/schedule-day.tsx';
import { Failure, Notice, Skeleton } from '../components/states.tsx';
import { TalkItem, type Titles } from '../components/talk.tsx';
import { counted, formatCount } from '../format.ts';
import { useHitKeys } from '../hit-keys.ts';
import { hasOffset, onReaderClock, readerZone } from '../reader-clock.ts';
import {
  calendarUrl,
  readSchedule,
  type ScheduleState,
  scheduleParameters,
  scheduleUrl,
} from '../schedule-state.ts';
import { talksOf } from '../talks.ts';
import { useTitle } from '../title.ts';
import { useMedia, WIDE } from '../use-media.ts';
import { useRequest } from '../use-request.ts';

/** The schedule: what is presented when and where, or only the papers about a topic. */
export function ScheduleView() {
  const { url, route } = useLocation();
  const state = useMemo(() => readSchedule(new URL(url, location.origin).search), [url]);
  const parameters = scheduleParameters(state);
  const { data, loading, error, retry } = useRequest(`schedule ${parameters}`, (signal) =>
    api.schedule(parameters, signal),
  );
  const results = useRef<HTMLElement>(null);
  useHitKeys(results);
  useTitle(state.q === '' ? 'Schedule' : `${state.q} – schedule`);
  useEffect(() => {
    if (!loading && data && !error) announce(summaryOf(data));
  }, [data, loading, error]);

  return (
    <div class="schedule">
      <h1>Schedule</h1>
      {data?.schedule.papers === 0 ? (
        <NoSchedule />
      ) : (
        <>
          <ScheduleControls
            state={state}
            days={data?.schedule.days ?? []}
            halls={data?.schedule.halls ?? []}
            onChange={(next) => route(scheduleUrl(next))}
          />
          <section
            ref={results}
            aria-label="Sessions"
            aria-busy={loading}
            class={loading && data ? 'outdated' : ''}
          >
            {error && <Failure error={error} retry={retry} />}
            {!data && loading && <Skeleton lines={9} />}
            {data && !error && <Timetable answer={data} state={state} />}
          </section>
        </>
      )}
    </div>
  );
}

function Timetable({ answer, state }: { answer: Schedule; state: ScheduleState }) {
  const wide = useMedia(WIDE);
  const { total, shown } = answer;
  const isOwn = state.clock === 'reader';
  const timetable = useMemo(() => (isOwn ? onReaderClock(answer, readerZone()) : answer), [answer, isOwn]);
  const { days, withoutTime } = timetable;
  const talks = useMemo(() => talksOf(timetable), [timetable]);
  const titles = useMemo(() => new Map(talks.map(({ id, title }) => [id, title])), [talks]);
  if (total === 0) return <NothingToSee state={state} />;
  const zone = zoneOf(talks.flatMap(({ start }) => (start?.includes('T') ? [start] : [])));
  const Day = wide ? DayGrid : DayList;
  return (
    <>
      {answer.confidence?.level === 'weak' && (
        <Notice kind="weak">
          <strong>Only weak matches.</strong> These papers may be only near what you are looking for.
        </Notice>
      )}
      <div class="schedule-summary">
        <p class="summary">{summaryOf(answer)}</p>
        {days.length > 0 && (
          <a class="calendar-link" href={calendarUrl(state)} download="schedule.ics">
            Calendar file (.ics)
          </a>
        )}
      </div>
      {days.length > 0 && (
        <p class="summary clock-choice">
          {isOwn
            ? `Times are on your clock (${readerZone()}).`
            : `Times are on the clock of the conference${zone === undefined ? '' : ` (${zone})`}, not on yours.`}{' '}
          {talks.some(({ start }) => hasOffset(start)) && (
            <a href={scheduleUrl({ ...state, clock: isOwn ? 'conference' : 'reader' })}>
              {isOwn ? 'Show the conference’s' : 'Show yours'}
            </a>
          )}
        </p>
      )}
      {shown < total && (
        <Notice>
          {state.q === '' ? 'The first' : 'The most relevant'} {formatCount(shown)} are shown: choose a day or
          a hall to see the others.
        </Notice>
      )}
      <BestFirst talks={talks} />
      {days.map((day) => (
        <Day key={day.day} day={day} titles={titles} />
      ))}
      <WithoutTime talks={withoutTime} titles={titles} />
    </>
  );
}

function WithoutTime({ talks, titles }: { talks: readonly Talk[]; titles: Titles }) {
  if (talks.length === 0) return null;
  return (
    <section class="schedule-day" aria-labelledby="without-time">
      <h2 id="without-time">Time unknown</h2>
      <p class="summary">
        {counted(talks.length, 'paper')} of the schedule without a readable time; no calendar file has them.
      </p>
      <ul>
        {talks.map((talk) => (
          <TalkItem key={talk.id} talk={talk} titles={titles} />
        ))}
      </ul>
    </section>
  );
}

function NothingToSee({ state }: { state: ScheduleState }) {
  return (
    <div class="state">
      <h2>{state.q === '' ? 'No talks' : 'No relevant talks'}</h2>
      <p>
        {state.q === ''
          ? 'No paper is scheduled on this day in these rooms.'
          : `No scheduled paper seems to be about “${state.q}”${state.day !== '' || state.halls.length > 0 ? ' on this day in these rooms' : ''}.`}
      </p>
      <ul>
        {(state.day !== '' || state.halls.length > 0) && (
          <li>
            <a href={scheduleUrl({ ...state, day: '', halls: [] })}>Search all days and rooms</a>
          </li>
        )}
        {state.q !== '' && (
          <li>
            <a href={`/?${new URLSearchParams({ q: state.q })}`}>Search all papers for it</a>
          </li>
        )}
        <li>
          <a href="/schedule">Show the whole schedule</a>
        </li>
      </ul>
    </div>
  );
}

function NoSchedule() {
  return (
    <div class="state">
      <h2>There is no schedule</h2>
      <p>
        None of the papers here belongs to a session. Sessions come with saved session pages of a conference,
        and with the field “session” of JSON Lines.
      </p>
      <p>
        <a href="/">Search the papers</a>
      </p>
    </div>
  );
}

function summaryOf({ total, query, schedule }: Schedule): string {
  if (query === undefined) {
    const all = counted(schedule.papers, 'paper');
    return total === schedule.papers ? all : `${formatCount(total)} of ${all}`;
  }
  if (total === 0) return 'No relevant paper is scheduled.';
  return `${counted(total, 'paper')} about “${query}”, numbered by relevance`;
}
