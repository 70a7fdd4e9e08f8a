import { useId, useRef, useState } from 'preact/hooks';
import { MAX_NOTE } from '../../limits.ts';
import type { Criterion, Decision } from '../../review/review.ts';
import { asApiError } from '../use-watches.ts';

interface MadeDecision {
  readonly decision: Decision;
  readonly reasons: readonly string[];
  readonly note: string;
}

interface DecisionFormProps {
  /** What the form is for: "Settle it". */
  readonly legend: string;
  /** The title of the paper in plain text. */
  readonly title: string;
  readonly decisions: readonly Decision[];
  /** Reasons to choose from. */
  readonly criteria: readonly Criterion[];
  /** Whether an exclusion needs one of them. */
  readonly needsReason: boolean;
  /** Rejects where the decision was not saved. */
  readonly onDecide: (made: MadeDecision) => Promise<void>;
}

const LABELS = { include: 'Include', exclude: 'Exclude', maybe: 'Maybe' } as const;

/** Decides on one paper of a list, with a reason and a note. */
export function DecisionForm(props: DecisionFormProps) {
  const { legend, title, decisions, criteria, needsReason, onDecide } = props;
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problemId = useId();
  const decide = async (decision: Decision) => {
    const given = new FormData(form.current!);
    const reason = String(given.get('reason') ?? '');
    if (decision === 'exclude' && needsReason && reason === '') {
      setProblem('Choose the reason of the exclusion: the PRISMA diagram counts exclusions by reason.');
      form.current!.querySelector('select')?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onDecide({
        decision,
        reasons: decision === 'include' || reason === '' ? [] : [reason],
        note: String(given.get('note') ?? '').trim(),
      });
    } catch (thrown) {
      setProblem(`Not saved: ${asApiError(thrown).message}`);
    }
    setBusy(false);
  };
  return (
    <form
      ref={form}
      class="decision-form"
      aria-label={`${legend}: ${title}`}
      onSubmit={(event) => event.preventDefault()}
    >
      {criteria.length > 0 && (
        <label>
          <span>Reason to exclude</span>
          <select name="reason" aria-describedby={problem === undefined ? undefined : problemId}>
            <option value="">None</option>
            {criteria.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>Note</span>
        <input name="note" maxLength={MAX_NOTE} autocomplete="off" />
      </label>
      <div class="decision-buttons">
        {decisions.map((decision) => (
          <button
            key={decision}
            type="button"
            class={`decide-${decision}`}
            disabled={isBusy}
            onClick={() => void decide(decision)}
          >
            {LABELS[decision]}
          </button>
        ))}
      </div>
      {problem !== undefined && (
        <p id={problemId} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
