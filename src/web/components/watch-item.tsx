import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../announce.tsx';
import { ApiError } from '../api.ts';
import { counted, formatInstant } from '../format.ts';
import { inLibrary } from '../library.ts';
import { paperPath } from '../paths.ts';
import { PaperText } from '../spans.tsx';
import { asApiError } from '../use-watches.ts';
import { type Watch, type WatchReport, type WatchRun, watchApi, watchFeedPath } from '../watch-requests.ts';
import { Notice } from './states.tsx';
import { LevelChoice } from './watch-form.tsx';

interface WatchItemProps {
  readonly watch: Watch;
  /** What it would report now, or why that is not known; undefined while it is loading. */
  readonly preview: WatchReport | ApiError | undefined;
  /** Whether it was just added: it gets the focus. */
  readonly isAdded: boolean;
  /** Called when it has changed. */
  readonly onChange: (said: string) => void;
}

/** A watch: its question, what is new, and what can be done with it. */
export function WatchItem({ watch, preview, isAdded, onChange }: WatchItemProps) {
  const { name, question, lastRun, reported, failed, minConfidence } = watch;
  const [problem, setProblem] = useState<string>();
  const [ran, setRan] = useState<WatchRun>();
  const [isShown, setShown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAdded) heading.current?.focus();
  }, [isAdded]);
  // The question takes the place of the button that had the focus.
  useEffect(() => {
    if (isAsking) keep.current?.focus();
  }, [isAsking]);

  const act = async (what: string, task: () => Promise<string>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      onChange(await task());
    } catch (thrown) {
      setProblem(`${what}: ${asApiError(thrown).message}`);
    }
    setBusy(false);
  };
  const run = () =>
    act('Not run', async () => {
      const result = await watchApi.run(name);
      setRan(result);
      return reportedBy(result);
    });
  const remove = () =>
    act('Not removed', async () => {
      await watchApi.remove(name);
      return `Removed the watch “${name}”.`;
    });
  const papersId = `watch-papers-${name}`;
  const news = preview instanceof ApiError ? undefined : preview;
  const shown = ran ? ran.reports.flatMap(({ papers }) => papers) : isShown ? (news?.papers ?? []) : [];
  const feed = inLibrary(watchFeedPath(name));
  return (
    <li class="watch">
      <article aria-labelledby={`watch-${name}`}>
        <h2 id={`watch-${name}`} ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <p>{question}</p>
        <p class="watch-facts">
          {lastRun ? `Last run ${formatInstant(lastRun.at)}` : 'Not run yet'} · {counted(reported, 'paper')}{' '}
          reported
        </p>
        {failed.map(({ delivery, to, reason }) => (
          <Notice key={`${delivery} ${to}`} kind="weak">
            A report was not delivered, and the next run tries again: {reason}
          </Notice>
        ))}
        {preview instanceof ApiError ? (
          <p role="alert">What is new is not known: {preview.message}</p>
        ) : (
          <p class="watch-new" aria-busy={!news}>
            {!news ? (
              'Looking for new papers…'
            ) : (
              <strong>{counted(news.papers.length, 'paper')} new now</strong>
            )}
          </p>
        )}
        {news?.notices.map((notice) => (
          <Notice key={notice} kind="weak">
            {notice}
          </Notice>
        ))}
        <div class="watch-actions">
          {news && news.papers.length > 0 && (
            <button
              type="button"
              aria-expanded={isShown}
              aria-controls={papersId}
              onClick={() => {
                setRan(undefined);
                setShown(!isShown);
              }}
            >
              {isShown ? 'Hide them' : 'Show them'}
            </button>
          )}
          <button type="button" disabled={isBusy} onClick={() => void run()}>
            Run: report each once
          </button>
          <LevelChoice
            value={minConfidence}
            onChange={(level) =>
              void act('Not changed', async () => {
                await watchApi.change(name, { minConfidence: level });
                return `Changed the watch “${name}”.`;
              })
            }
          />
          {isAsking ? (
            <span class="watch-asking">
              Remove it for good?
              <button type="button" disabled={isBusy} onClick={() => void remove()}>
                Remove
              </button>
              <button ref={keep} type="button" onClick={() => setAsking(false)}>
                Keep
              </button>
            </span>
          ) : (
            <button
              type="button"
              onClick={() => {
                setAsking(true);
                announce(`Remove the watch ${name} for good?`);
              }}
            >
              Remove…
            </button>
          )}
        </div>
        {problem !== undefined && <p role="alert">{problem}</p>}
        <div id={papersId}>
          {ran && <p class="watch-ran">{reportedBy(ran)}</p>}
          {ran?.failed.map(({ delivery, to, reason }) => (
            <Notice key={`${delivery} ${to}`} kind="weak">
              Not delivered: {reason}
            </Notice>
          ))}
          {shown.length > 0 && (
            <ul class="watch-papers">
              {shown.map(({ id, title, isRemoved, reason }) => (
                <li key={id}>
                  {isRemoved ? (
                    title
                  ) : (
                    <a href={paperPath(id)}>
                      <PaperText text={title} />
                    </a>
                  )}
                  {isRemoved
                    ? ' · not in the index any more'
                    : reason === 'status'
                      ? ' · its status has changed'
                      : ''}
                </li>
              ))}
            </ul>
          )}
        </div>
        <p class="watch-feed">
          Feed: <a href={feed}>{new URL(feed, location.origin).href}</a>
        </p>
      </article>
    </li>
  );
}

/** What a run did, in words. */
function reportedBy({ reports, delivered, found }: WatchRun): string {
  const papers = reports.reduce((sum, report) => sum + report.papers.length, 0);
  const sent = delivered.reduce((sum, report) => sum + report.papers, 0);
  if (sent > 0) return `Delivered ${counted(sent, 'paper')}.`;
  if (papers > 0) return `Reported ${counted(papers, 'paper')}; the next run does not report them again.`;
  return found > 0 ? `Found ${counted(found, 'paper')}.` : 'Nothing new.';
}
