import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Talk } from '../../search/schedule/timetable.ts';
import { announce } from '../announce.tsx';
import { api, type Programme } from '../api.ts';
import { zoneOf } from '../clock.ts';
import { BestFirst } from '../components/best-first.tsx';
import { ProgrammeControls } from '../components/programme-controls.tsx';
import { DayGrid, DayList } from '../components/programme-day.tsx';
import { Failure, Notice, Skeleton } from '../components/states.tsx';
import { TalkItem, type Titles } from '../components/talk.tsx';
import { counted, formatCount } from '../format.ts';
import { useHitKeys } from '../hit-keys.ts';
import {
  calendarUrl,
  type ProgrammeState,
  programmeParameters,
  programmeUrl,
  readProgramme,
} from '../programme-state.ts';
import { talksOf } from '../talks.ts';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';
import { useWide } from '../use-wide.ts';

/** The programme: what is presented when and where, and what of it to see about a topic. */
export function ProgrammeView() {
  const { url, route } = useLocation();
  const state = useMemo(() => readProgramme(new URL(url, location.origin).search), [url]);
  const parameters = programmeParameters(state);
  const { data, loading, error, retry } = useRequest(`programme ${parameters}`, (signal) =>
    api.programme(parameters, signal),
  );
  const results = useRef<HTMLElement>(null);
  useHitKeys(results);
  useTitle(state.q === '' ? 'Programme' : `${state.q} – programme`);
  useEffect(() => {
    if (!loading && data && !error) announce(summaryOf(data));
  }, [data, loading, error]);

  return (
    <div class="programme">
      <h1>Programme</h1>
      {data?.schedule.papers === 0 ? (
        <NoProgramme />
      ) : (
        <>
          <ProgrammeControls
            state={state}
            days={data?.schedule.days ?? []}
            halls={data?.schedule.halls ?? []}
            onChange={(next) => route(programmeUrl(next))}
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

function Timetable({ answer, state }: { answer: Programme; state: ProgrammeState }) {
  const wide = useWide();
  const { days, withoutTime, total, shown } = answer;
  const talks = useMemo(() => talksOf(answer), [answer]);
  const titles = useMemo(() => new Map(talks.map(({ id, title }) => [id, title])), [talks]);
  if (total === 0) return <NothingToSee state={state} />;
  const zone = zoneOf(talks.flatMap(({ start }) => (start?.includes('T') ? [start] : [])));
  const Day = wide ? DayGrid : DayList;
  return (
    <>
      {answer.verdict?.level === 'weak' && (
        <Notice kind="weak">
          <strong>Only weak matches.</strong> These papers may be only near to what you look for.
        </Notice>
      )}
      <div class="programme-summary">
        <p class="summary">{summaryOf(answer)}</p>
        {days.length > 0 && (
          <a class="calendar-link" href={calendarUrl(state)} download="schedule.ics">
            Calendar file (.ics)
          </a>
        )}
      </div>
      {days.length > 0 && (
        <p class="summary">
          Times are on the clock of the conference{zone === undefined ? '' : ` (${zone})`}, not on yours.
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
    <section class="programme-day" aria-labelledby="without-time">
      <h2 id="without-time">Time not known</h2>
      <p class="summary">
        {counted(talks.length, 'paper')} of the programme without a time that can be read; no calendar file
        has them.
      </p>
      <ul>
        {talks.map((talk) => (
          <TalkItem key={talk.id} talk={talk} titles={titles} />
        ))}
      </ul>
    </section>
  );
}

function NothingToSee({ state }: { state: ProgrammeState }) {
  return (
    <div class="state">
      <h2>{state.q === '' ? 'Nothing here' : 'Nothing relevant'}</h2>
      <p>
        {state.q === ''
          ? 'No paper of the programme is on this day in these halls.'
          : `The programme seems to have no paper about “${state.q}”${state.day !== '' || state.halls.length > 0 ? ' on this day, in these halls' : ''}.`}
      </p>
      <ul>
        {(state.day !== '' || state.halls.length > 0) && (
          <li>
            <a href={programmeUrl({ ...state, day: '', halls: [] })}>Look in all days and halls</a>
          </li>
        )}
        {state.q !== '' && (
          <li>
            <a href={`/?${new URLSearchParams({ q: state.q })}`}>Search all papers for it</a>
          </li>
        )}
        <li>
          <a href="/programme">Show the whole programme</a>
        </li>
      </ul>
    </div>
  );
}

function NoProgramme() {
  return (
    <div class="state">
      <h2>There is no programme</h2>
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

function summaryOf({ total, query, schedule }: Programme): string {
  if (query === undefined) {
    const all = counted(schedule.papers, 'paper');
    return total === schedule.papers ? all : `${formatCount(total)} of ${all}`;
  }
  if (total === 0) return 'Nothing relevant in the programme.';
  return `${counted(total, 'paper')} about “${query}”, numbered by relevance`;
}
