import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Protocol, ReviewedPaper, Stage, Standing } from '../../review/review.ts';
import { formatAuthors, formatInstant } from '../format.ts';
import { paperPath } from '../paths.ts';
import { paragraphsOf } from '../snippets.ts';
import { usePlainText } from '../spans.tsx';
import { asApiError } from '../use-watches.ts';
import { DecisionForm } from './decision-form.tsx';
import { MarkedText } from './marked-text.tsx';
import { reviewApi } from './requests.ts';

const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  unread: 'Not read',
  partly: 'Read by one of two',
  conflict: 'To be settled',
  include: 'Included',
  exclude: 'Excluded',
};
const NO_SPANS = [] as const;
const MAX_AUTHORS = 3;

interface ReviewedPaperProps {
  readonly review: string;
  readonly protocol: Protocol;
  readonly entry: ReviewedPaper;
  readonly stage: Stage;
  /** Called when something about it was saved. */
  readonly onChange: (said: string) => void;
}

/** A paper of a review: who decided what, and what can be decided now. */
export function ReviewedPaperItem({ review, protocol, entry, stage, onChange }: ReviewedPaperProps) {
  const { paper, removed, settled, retrieved } = entry;
  const [isOpen, setOpen] = useState(false);
  const title = usePlainText(paper.title);
  const standing = (stage === 'abstract' ? entry.abstract : entry.fullText) ?? 'unread';
  const labels = entry.labels.filter((label) => label.stage === stage);
  const settlements = settled.filter((each) => each.stage === stage);
  // Where several labels are shown, the paper is settled, not labelled again; the server refuses to change that of another reviewer.
  const own = labels.length === 1 && settlements.length === 0 ? labels[0] : undefined;
  const isOpenToAll = standing === 'unread' || standing === 'partly';
  const canDecide =
    (own !== undefined || (isOpenToAll && labels.length === 0)) &&
    (stage === 'abstract' || retrieved !== false);
  const abstractId = `abstract-${paper.id}`;
  const isFullText = stage === 'full-text';
  return (
    <li class="reviewed-paper">
      <article aria-labelledby={`title-${paper.id}`}>
        <h3 id={`title-${paper.id}`}>
          <a href={paperPath(paper.id)}>
            <MarkedText text={paper.title} own={protocol.highlights} learned={NO_SPANS} />
          </a>
        </h3>
        <p class="weak-text">
          {[formatAuthors(paper.authors, MAX_AUTHORS), paper.venue, paper.year].filter(Boolean).join(' · ')}
        </p>
        <p>
          <strong class={`standing standing-${standing}`}>{STANDING_LABELS[standing]}</strong>
          {removed && ' · no longer in the index'}
          {isFullText &&
            retrieved !== undefined &&
            (retrieved ? ' · full text available' : ' · full text not retrieved')}
        </p>
        {labels.length + settlements.length > 0 && (
          <ul class="reviewed-labels">
            {[...labels, ...settlements].map((label) => (
              <li key={label.number}>
                <strong>{label.by}</strong>
                {'agent' in label && label.agent && ' (agent)'}
                {'agent' in label ? '' : ' settled'}:{' '}
                <span class={`decide-${label.decision}`}>{label.decision}</span>
                {label.reasons.length > 0 && `, ${label.reasons.join(', ')}`}
                {label.note !== '' && `: “${label.note}”`}{' '}
                <span class="weak-text">{formatInstant(label.at)}</span>
              </li>
            ))}
          </ul>
        )}
        {paper.abstract !== '' && (
          <button
            type="button"
            class="link-button"
            aria-expanded={isOpen}
            aria-controls={abstractId}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide the abstract' : 'Show the abstract'}
          </button>
        )}
        <div id={abstractId} hidden={!isOpen}>
          {isOpen &&
            paragraphsOf(paper.abstract).map(({ start, end }) => (
              <p key={start}>
                <MarkedText
                  text={paper.abstract}
                  own={protocol.highlights}
                  learned={NO_SPANS}
                  start={start}
                  end={end}
                />
              </p>
            ))}
        </div>
        {isFullText && (
          <FullText
            key={`text ${retrieved}`}
            title={title}
            retrieved={retrieved}
            onChange={async (next) => {
              await reviewApi.retrieved(review, [paper.id], next);
              onChange(next ? 'The full text is available.' : 'The full text was not retrieved.');
            }}
          />
        )}
        {standing === 'conflict' ? (
          <DecisionForm
            legend="Settle it"
            title={title}
            decisions={['include', 'exclude']}
            criteria={protocol.exclude}
            needsReason={isFullText}
            onDecide={async ({ decision, reasons, note }) => {
              await reviewApi.settle(review, {
                paper: paper.id,
                stage,
                decision: decision === 'include' ? 'include' : 'exclude',
                reasons,
                note,
              });
              onChange(`Settled: ${decision} “${title}”.`);
            }}
          />
        ) : (
          canDecide && (
            <Decide isChange={own !== undefined}>
              <DecisionForm
                legend={own ? 'Change the decision' : 'Decide'}
                title={title}
                decisions={['include', 'maybe', 'exclude']}
                criteria={protocol.exclude}
                needsReason={isFullText}
                onDecide={async ({ decision, reasons, note }) => {
                  await reviewApi.label(review, {
                    paper: paper.id,
                    stage,
                    decision,
                    reasons,
                    note,
                    chosenBy: 'search',
                    replaces: own?.number ?? 0,
                  });
                  onChange(`Saved: ${decision} “${title}”.`);
                }}
              />
            </Decide>
          )
        )}
      </article>
    </li>
  );
}

interface DecideProps {
  /** Whether there is a decision, which is shown to be changed on demand. */
  readonly isChange: boolean;
  readonly children: ComponentChildren;
}

function Decide({ isChange, children }: DecideProps) {
  if (!isChange) return <>{children}</>;
  return (
    <details>
      <summary>Change the decision</summary>
      {children}
    </details>
  );
}

interface FullTextProps {
  readonly title: string;
  readonly retrieved: boolean | undefined;
  readonly onChange: (retrieved: boolean) => Promise<void>;
}

/** Says whether the full text of a paper could be had. */
function FullText({ title, retrieved, onChange }: FullTextProps) {
  const [problem, setProblem] = useState<string>();
  const say = (next: boolean) => {
    setProblem(undefined);
    onChange(next).catch((thrown: unknown) => setProblem(`Not saved: ${asApiError(thrown).message}`));
  };
  return (
    <fieldset class="full-text">
      <legend>
        Full text<span class="visually-hidden"> of {title}</span>
      </legend>
      <label>
        <input type="radio" checked={retrieved === true} onChange={() => say(true)} /> available
      </label>
      <label>
        <input type="radio" checked={retrieved === false} onChange={() => say(false)} /> could not be
        retrieved
      </label>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </fieldset>
  );
}
