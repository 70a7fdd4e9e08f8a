import { MAX_SCHEDULED } from '../limits.ts';

/** All that was chosen in the programme. It lives in the URL and nowhere else. */
export interface ProgrammeState {
  /** What to see something about; empty for all of the programme. */
  readonly q: string;
  /** YYYY-MM-DD; empty for every day. */
  readonly day: string;
  /** None for every hall. */
  readonly halls: readonly string[];
}

/** Papers that are drawn: some thousand ticks are as much as a page bears. */
const MAX_DRAWN = 1000;

/** What a URL asks for. */
export function readProgramme(search: string): ProgrammeState {
  const parameters = new URLSearchParams(search);
  return {
    q: parameters.get('q') ?? '',
    day: parameters.get('day') ?? '',
    halls: [...new Set(parameters.getAll('hall').filter((hall) => hall !== ''))],
  };
}

/** The shortest URL that asks for this; `readProgramme` gives it back. */
export function programmeUrl(state: ProgrammeState): string {
  const query = chosen(state).toString();
  return query === '' ? '/programme' : `/programme?${query}`;
}

/** The parameters of `GET /v1/programme`. */
export function programmeParameters(state: ProgrammeState): URLSearchParams {
  const parameters = chosen({ ...state, q: state.q.trim() });
  parameters.set('limit', String(MAX_DRAWN));
  return parameters;
}

/** Where the same papers are as a calendar. */
export function calendarUrl(state: ProgrammeState): string {
  const parameters = chosen({ ...state, q: state.q.trim() });
  parameters.set('limit', String(MAX_SCHEDULED));
  return `/v1/programme.ics?${parameters}`;
}

function chosen({ q, day, halls }: ProgrammeState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  if (day !== '') parameters.set('day', day);
  for (const hall of halls) parameters.append('hall', hall);
  return parameters;
}
