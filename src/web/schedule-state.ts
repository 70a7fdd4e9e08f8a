import { MAX_SCHEDULED } from '../limits.ts';
/** The state of the schedule view. It is kept only in the URL. */
export interface ScheduleState {
  /** Topic; empty for the whole schedule. */
  readonly q: string;
  /** YYYY-MM-DD; empty for every day. */
  readonly day: string;
  /** Empty for every room. */
  readonly halls: readonly string[];
  /** Whose clock times are shown on. */
  readonly clock: 'conference' | 'reader';
}

/** Papers that are drawn; more checkboxes would make the page slow. */
const MAX_DRAWN = 1000;

/** The state that a URL describes. */
export function readSchedule(search: string): ScheduleState {
  const parameters = new URLSearchParams(search);
  return {
    q: parameters.get('q') ?? '',
    day: parameters.get('day') ?? '',
    halls: [...new Set(parameters.getAll('hall').filter((hall) => hall !== ''))],
    clock: parameters.get('clock') === 'reader' ? 'reader' : 'conference',
  };
}

/** The shortest URL of a state; `readSchedule` parses it. */
export function scheduleUrl(state: ScheduleState): string {
  const parameters = chosen(state);
  if (state.clock === 'reader') parameters.set('clock', 'reader');
  const query = parameters.toString();
  return query === '' ? '/schedule' : `/schedule?${query}`;
}

/** The parameters of `GET /v1/schedule`. */
export function scheduleParameters(state: ScheduleState): URLSearchParams {
  const parameters = chosen({ ...state, q: state.q.trim() });
  parameters.set('limit', String(MAX_DRAWN));
  return parameters;
}

/** URL of the calendar file with the same papers. */
export function calendarUrl(state: ScheduleState): string {
  const parameters = chosen({ ...state, q: state.q.trim() });
  parameters.set('limit', String(MAX_SCHEDULED));
  return `/v1/schedule.ics?${parameters}`;
}

function chosen({ q, day, halls }: ScheduleState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (q !== '') parameters.set('q', q);
  if (day !== '') parameters.set('day', day);
  for (const hall of halls) parameters.append('hall', hall);
  return parameters;
}
