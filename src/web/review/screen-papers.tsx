import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { MAX_NOTE } from '../../limits.ts';
import type { Decision } from '../../review/review.ts';
import type { Review } from '../../review/service.ts';
import { announce } from '../announce.tsx';
import { Skeleton } from '../components/states.tsx';
import { PaperText } from '../spans.tsx';
import { useStore } from '../store.ts';
import { useTitle } from '../title.ts';
import { useMedia, WIDE } from '../use-media.ts';
import { Criteria, FIRST_REASON_ID } from './criteria.tsx';
import { type Draft, keepDraft, readDraft } from './drafts.ts';
import { ReviewFailure } from './gate.tsx';
import { KeyName } from './key-name.tsx';
import type { OwnWord } from './own-words.ts';
import { OwnWordsEditor } from './own-words-editor.tsx';
import { PaperOnScreen } from './paper-on-screen.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { reviewApi } from './requests.ts';
import { ReviewBar, reviewUrl } from './review-bar.tsx';
import { Screening, type ScreeningState } from './screening.ts';
import { useScreeningKeys } from './screening-keys.ts';
import { ScreeningNotices } from './screening-notices.tsx';
import { Moved, WhyThis } from './why-this.tsx';

const SAID = { include: 'Included.', exclude: 'Excluded.', maybe: 'Maybe.' } as const;
const BUTTONS: readonly { decision: Decision; label: string; key: string }[] = [
  { decision: 'include', label: 'Include', key: 'i' },
  { decision: 'maybe', label: 'Maybe', key: 'm' },
  { decision: 'exclude', label: 'Exclude', key: 'e' },
];
const NO_DRAFT: Draft = { paper: '', reasons: [], note: '' };

interface ScreenPapersProps {
  readonly review: Review;
  readonly onChange: (review: Review) => void;
}

/** Screening: one abstract at a time, with the criteria, the reasons of its rank and the progress beside it. */
export function ScreenPapers({ review, onChange }: ScreenPapersProps) {
  const { id, name, protocol } = review;
  const screening = useMemo(() => new Screening(id, reviewApi), [id]);
  useEffect(() => {
    screening.start();
    return () => screening.stop();
  }, [screening]);
  const state = useStore(screening.state);
  const { shown } = state;
  const [draft, setDraft] = useDraft(id, shown?.paper.id);
  const isWide = useMedia(WIDE);
  const [isWhyOpen, setWhyOpen] = useState(isWide);
  const [areReasonsOpen, setReasonsOpen] = useState(isWide);
  const note = useRef<HTMLTextAreaElement>(null);
  const heading = useFocusOnNew(shown?.paper.id);
  useTitle(`${name}: screening`);

  const toggle = (reason: string) => {
    const { reasons } = draft;
    const isChosen = reasons.includes(reason);
    setDraft({
      ...draft,
      reasons: isChosen ? reasons.filter((each) => each !== reason) : [...reasons, reason],
    });
    announce(`Reason ${isChosen ? 'removed' : 'chosen'}: ${reason}`);
  };
  const actions = {
    decide: (decision: Decision) => {
      if (!shown) return;
      // A reason of the other side was ticked before the reviewer changed their mind.
      const other =
        decision === 'include' ? protocol.exclude : decision === 'exclude' ? protocol.include : [];
      const reasons = draft.reasons.filter((reason) => !other.some((criterion) => criterion.name === reason));
      screening.decide(decision, reasons, draft.note.trim());
      announce(SAID[decision]);
    },
    undo: () => void screening.undo().then(() => announce(screening.state.get().problem ?? 'Taken back.')),
    toReasons: () => {
      setReasonsOpen(true);
      // Once the list is drawn.
      requestAnimationFrame(() => document.getElementById(FIRST_REASON_ID)?.focus());
    },
    toNote: () => note.current?.focus(),
    toggleWhy: () => setWhyOpen(!isWhyOpen),
    toggleReason: (place: number) => {
      const criterion = protocol.exclude[place];
      if (criterion && shown) toggle(criterion.name);
    },
  };
  useScreeningKeys(actions);

  const keepWords = async (highlights: readonly OwnWord[]) =>
    onChange(await reviewApi.amend(id, { highlights }));
  return (
    <div class="review screening">
      <ReviewBar review={review} current="" />
      <ScreeningNotices state={state} onRead={(key) => screening.dismiss(key)} />
      <div class="screening-columns">
        <section class="screening-paper" aria-label="The paper to judge">
          {shown ? (
            <PaperOnScreen shown={shown} own={protocol.highlights} heading={heading} />
          ) : (
            <NothingShown state={state} id={id} retry={() => screening.retry()} />
          )}
          {shown && (
            <label class="screening-note">
              <span>
                Note <KeyName name="n" />
              </span>
              <textarea
                ref={note}
                rows={2}
                maxLength={MAX_NOTE}
                value={draft.note}
                onInput={({ currentTarget }) => setDraft({ ...draft, note: currentTarget.value })}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey)))
                    return;
                  event.preventDefault();
                  heading.current?.focus();
                }}
              />
            </label>
          )}
          <div class="decide-bar">
            {draft.reasons.length > 0 && <p class="decide-reasons">Reasons: {draft.reasons.join(', ')}</p>}
            <fieldset class="decide-buttons">
              <legend class="visually-hidden">Decision</legend>
              {BUTTONS.map(({ decision, label, key }) => (
                <button
                  key={decision}
                  type="button"
                  class={`decide decide-${decision}`}
                  disabled={!shown}
                  aria-keyshortcuts={key}
                  onClick={() => actions.decide(decision)}
                >
                  {label} <KeyName name={key} />
                </button>
              ))}
            </fieldset>
            <div>
              <button type="button" class="link-button" aria-keyshortcuts="r" onClick={actions.toReasons}>
                Reason <KeyName name="r" />
              </button>
              <button type="button" class="link-button" aria-keyshortcuts="n" onClick={actions.toNote}>
                Note <KeyName name="n" />
              </button>
              <button type="button" class="link-button" aria-keyshortcuts="u" onClick={actions.undo}>
                Undo <KeyName name="u" />
              </button>
            </div>
          </div>
        </section>
        <div class="screening-reasons">
          <Panel title="Why this paper" isOpen={isWhyOpen} onToggle={setWhyOpen} keyName="w">
            {shown && <WhyThis reasons={shown.reasons} />}
          </Panel>
          <LastLabel state={state} isOpen={isWide} />
        </div>
        <div class="screening-side">
          <Panel title="Criteria and reasons" isOpen={areReasonsOpen} onToggle={setReasonsOpen}>
            <Criteria protocol={protocol} chosen={draft.reasons} onToggle={toggle} />
          </Panel>
          {state.progress && (
            <Panel title="Progress" isOpen={isWide}>
              <ProgressPanel progress={state.progress} />
            </Panel>
          )}
          <Panel title="Own words" isOpen={false}>
            <OwnWordsEditor words={protocol.highlights} onChange={keepWords} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

/** What the reviewer prepares for the paper on the screen; it is kept in this browser. */
function useDraft(review: string, paper: string | undefined): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState(NO_DRAFT);
  const current = paper === undefined ? NO_DRAFT : draft.paper === paper ? draft : readDraft(review, paper);
  return [
    current,
    (next) => {
      keepDraft(review, next);
      setDraft(next);
    },
  ];
}

/** Moves the focus to the title of each new paper, and to the top of the page. */
function useFocusOnNew(paper: string | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<string | undefined>(undefined);
  // Before what was rendered is painted: a key that is pressed at once is meant for the new paper.
  useLayoutEffect(() => {
    if (paper !== undefined && before.current !== undefined && before.current !== paper) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    if (paper !== undefined) before.current = paper;
  }, [paper]);
  return heading;
}

interface PanelProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onToggle?: (isOpen: boolean) => void;
  /** The key that opens it. */
  readonly keyName?: string;
  readonly children: ComponentChildren;
}

/** A part beside the paper that can be closed. */
function Panel({ title, isOpen, onToggle, keyName, children }: PanelProps) {
  return (
    <details
      class="screening-panel"
      open={isOpen}
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
        {keyName && <KeyName name={keyName} />}
      </summary>
      <div>{children}</div>
    </details>
  );
}

/** What the last label moved. */
function LastLabel({
  state: { last },
  isOpen,
}: {
  readonly state: ScreeningState;
  readonly isOpen: boolean;
}) {
  if (!last) return null;
  return (
    <Panel title="What the last label moved" isOpen={isOpen}>
      <p>
        {SAID[last.decision]} <PaperText text={last.title} />
      </p>
      {last.moved ? <Moved moved={last.moved} /> : <p class="weak-text">Not known yet.</p>}
    </Panel>
  );
}

interface NothingShownProps {
  readonly state: ScreeningState;
  readonly id: string;
  readonly retry: () => void;
}

/** In place of a paper: why there is none. */
function NothingShown({ state: { error, isFinished, waiting }, id, retry }: NothingShownProps) {
  if (error) return <ReviewFailure error={error} retry={retry} />;
  if (!isFinished && waiting === 0) return <Skeleton lines={9} />;
  if (!isFinished) return <p role="status">The next paper comes as soon as your decisions are saved.</p>;
  return (
    <div class="state" role="status">
      <h2>Nothing is left to read</h2>
      <p>You have judged every paper that this review has for you.</p>
      <p>
        <a href={reviewUrl(id, '/papers')}>Conflicts and full texts</a> ·{' '}
        <a href={reviewUrl(id, '/records')}>Records and exports</a>
      </p>
    </div>
  );
}
