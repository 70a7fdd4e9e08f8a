import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Protocol } from '../../review/review.ts';
import { asApiError } from '../use-watches.ts';
import { criteriaFromText, criteriaToText } from './criteria-text.ts';

export type EditedProtocol = Pick<
  Protocol,
  'question' | 'include' | 'exclude' | 'reviewersPerPaper' | 'targetRecall' | 'randomEvery' | 'keywordOnly'
> & { readonly name: string };

export const NEW_PROTOCOL: EditedProtocol = {
  name: '',
  question: '',
  include: [],
  exclude: [],
  reviewersPerPaper: 1,
  targetRecall: 0.95,
  randomEvery: 0,
  keywordOnly: false,
};

interface ProtocolFormProps {
  readonly protocol: EditedProtocol;
  /** What the button says. */
  readonly action: string;
  /** Fields after those of the protocol. */
  readonly children?: ComponentChildren;
  /** Rejects where the protocol was not saved. */
  readonly onSubmit: (protocol: EditedProtocol, form: FormData) => Promise<void>;
}

/** What a review asks and how it judges. */
export function ProtocolForm({ protocol, action, children, onSubmit }: ProtocolFormProps) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(
        {
          name: text('name'),
          question: text('question'),
          include: criteriaFromText(text('include')),
          exclude: criteriaFromText(text('exclude')),
          reviewersPerPaper: text('reviewers') === '2' ? 2 : 1,
          targetRecall: Number(text('target')) / 100,
          randomEvery: Number(text('random')),
          keywordOnly: given.has('keyword-only'),
        },
        given,
      );
    } catch (thrown) {
      setProblem(`Not saved: ${asApiError(thrown).message}`);
    }
    setBusy(false);
  };
  return (
    <form class="protocol-form" onSubmit={(event) => void submit(event)}>
      <label>
        <span>Name</span>
        <input name="name" required maxLength={100} autocomplete="off" defaultValue={protocol.name} />
      </label>
      <label>
        <span>Question</span>
        <textarea name="question" required rows={2} defaultValue={protocol.question} />
      </label>
      <label>
        <span>Include if (one a line)</span>
        <textarea name="include" rows={3} defaultValue={criteriaToText(protocol.include)} />
      </label>
      <label>
        <span>Exclude if (one a line, as “name: when it applies”)</span>
        <textarea name="exclude" rows={4} defaultValue={criteriaToText(protocol.exclude)} />
      </label>
      <div class="protocol-choices">
        <label>
          <span>Reviewers per paper</span>
          <select name="reviewers">
            <option value="1">One</option>
            <option value="2" selected={protocol.reviewersPerPaper === 2}>
              Two, blind to one another
            </option>
          </select>
        </label>
        <label>
          <span>Recall to reach, %</span>
          <input
            name="target"
            type="number"
            min={1}
            max={100}
            required
            defaultValue={String(Math.round(protocol.targetRecall * 100))}
          />
        </label>
        <label>
          <span>One paper at random in every (0: none)</span>
          <input
            name="random"
            type="number"
            min={0}
            max={1000}
            required
            defaultValue={String(protocol.randomEvery)}
          />
        </label>
        <label class="protocol-tick">
          <input name="keyword-only" type="checkbox" defaultChecked={protocol.keywordOnly} />
          <span>Rank by words only, without the embedding model</span>
        </label>
      </div>
      {children}
      <div>
        <button type="submit" disabled={isBusy}>
          {isBusy ? 'Saving…' : action}
        </button>
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </form>
  );
}
