import { useRef, useState } from 'preact/hooks';
import type { SearchedSource } from '../../review/review.ts';
import { asApiError } from '../use-watches.ts';

const KINDS = [
  ['database', 'Database'],
  ['register', 'Register'],
  ['other', 'Other'],
] as const;

interface SourceFormProps {
  /** Rejects where the source was not saved. */
  readonly onAdd: (source: SearchedSource) => Promise<void>;
}

/** Writes down a search that found records of this review. */
export function SourceForm({ onAdd }: SourceFormProps) {
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(form.current!);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    setProblem(undefined);
    try {
      await onAdd({
        name: text('name'),
        kind: KINDS.find(([kind]) => kind === text('kind'))![0],
        ...(text('query') !== '' && { query: text('query') }),
        ...(text('date') !== '' && { date: text('date') }),
        ...(text('records') !== '' && { records: Number(text('records')) }),
      });
      form.current?.reset();
    } catch (thrown) {
      setProblem(`Not saved: ${asApiError(thrown).message}`);
    }
  };
  return (
    <form
      ref={form}
      class="review-filters"
      aria-label="Add a searched source"
      onSubmit={(event) => void add(event)}
    >
      <label>
        <span>Source</span>
        <input name="name" required maxLength={200} autocomplete="off" />
      </label>
      <label>
        <span>Kind</span>
        <select name="kind">
          {KINDS.map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Query as it was sent</span>
        <input name="query" autocomplete="off" />
      </label>
      <label>
        <span>Day</span>
        <input name="date" type="date" />
      </label>
      <label>
        <span>Records found</span>
        <input name="records" type="number" min={0} />
      </label>
      <button type="submit">Add</button>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </form>
  );
}
