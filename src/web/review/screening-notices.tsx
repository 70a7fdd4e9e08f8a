import { Notice } from '../components/states.tsx';
import { counted } from '../format.ts';
import { PaperText } from '../spans.tsx';
import type { ScreeningState } from './screening.ts';

const DECIDED = { include: 'include', exclude: 'exclude', maybe: 'maybe' } as const;

interface ScreeningNoticesProps {
  readonly state: ScreeningState;
  /** Forgets a refused label. */
  readonly onRead: (key: string) => void;
}

/** What is not saved yet, what the server refused, and what could not be taken back. */
export function ScreeningNotices({ state: { waiting, refused, problem }, onRead }: ScreeningNoticesProps) {
  return (
    <div class="screening-notices">
      <div role="status">
        {waiting > 0 && (
          <Notice kind="weak">
            {counted(waiting, 'decision')} not saved yet. This browser keeps {waiting === 1 ? 'it' : 'them'}{' '}
            and sends {waiting === 1 ? 'it' : 'them'} as soon as the server answers.
          </Notice>
        )}
      </div>
      {problem !== undefined && (
        <p class="notice notice-weak" role="alert">
          {problem}
        </p>
      )}
      {refused.map(({ key, title, label, why }) => (
        <div key={key} class="notice notice-weak" role="alert">
          <p>
            Not saved, your “{DECIDED[label.decision]}” for “
            <PaperText text={title} />
            ”: {why}
          </p>
          {label.note && <blockquote>{label.note}</blockquote>}
          <button type="button" onClick={() => onRead(key)}>
            I have read this
          </button>
        </div>
      ))}
    </div>
  );
}
