import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ScheduleChoice } from '../../search/schedule/schedule.ts';
import { formatShortDay } from '../clock.ts';
import { useKeys } from '../keys.ts';
import type { ScheduleState } from '../schedule-state.ts';

interface ControlsProps {
  readonly state: ScheduleState;
  readonly days: readonly ScheduleChoice[];
  readonly halls: readonly ScheduleChoice[];
  readonly onChange: (state: ScheduleState) => void;
}

/** The choices of the schedule: topic, day and rooms. */
export function ScheduleControls({ state, days, halls, onChange }: ControlsProps) {
  return (
    <>
      <About value={state.q} onCommit={(q) => onChange({ ...state, q })} />
      <div class="schedule-choices">
        {days.length > 1 && <Days state={state} days={days} onChange={onChange} />}
        {halls.length > 1 && <Halls state={state} halls={halls} onChange={onChange} />}
      </div>
    </>
  );
}

function About({ value, onCommit }: { value: string; onCommit: (q: string) => void }) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  return (
    <search>
      <form
        class="schedule-about"
        onSubmit={(event) => {
          event.preventDefault();
          onCommit(text.trim());
        }}
      >
        <label for="about">Find talks about</label>
        <div class="search-field">
          <input
            ref={field}
            id="about"
            type="search"
            autocomplete="off"
            enterkeyhint="search"
            maxLength={8000}
            placeholder="A topic or a question; empty for all"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            // The field's clear button also counts as a choice.
            onSearch={({ currentTarget }) => currentTarget.value === '' && value !== '' && onCommit('')}
          />
          <button type="submit">Show</button>
        </div>
      </form>
    </search>
  );
}

function Days({ state, days, onChange }: Omit<ControlsProps, 'halls'>) {
  const choices = [{ value: '', label: 'All days' }].concat(
    days.map(({ value }) => ({ value, label: formatShortDay(value) })),
  );
  return (
    <fieldset class="segmented schedule-days">
      <legend class="visually-hidden">Day</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name="day"
            value={value}
            checked={state.day === value}
            onChange={() => onChange({ ...state, day: value })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Halls({ state, halls, onChange }: Omit<ControlsProps, 'days'>) {
  const toggle = (hall: string) =>
    state.halls.includes(hall) ? state.halls.filter((other) => other !== hall) : [...state.halls, hall];
  return (
    <details class="facets schedule-halls">
      <summary>{state.halls.length > 0 ? `Rooms: ${state.halls.join(', ')}` : 'All rooms'}</summary>
      <fieldset>
        <legend class="visually-hidden">Rooms</legend>
        {halls.map(({ value, count }) => (
          <label key={value} class="facet-value">
            <input
              type="checkbox"
              checked={state.halls.includes(value)}
              onChange={() => onChange({ ...state, halls: toggle(value) })}
            />
            <span class="facet-name">{value}</span>
            <span class="facet-count">{count}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
