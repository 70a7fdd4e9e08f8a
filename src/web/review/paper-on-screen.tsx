import type { RefObject } from 'preact';
import { formatAuthors } from '../format.ts';
import { paperPath, webUrl } from '../paths.ts';
import { paragraphsOf } from '../snippets.ts';
import { MarkedText } from './marked-text.tsx';
import type { OwnWord } from './own-words.ts';
import type { PaperToJudge } from './queue.ts';

const MAX_AUTHORS = 6;

interface PaperOnScreenProps {
  readonly shown: PaperToJudge;
  readonly own: readonly OwnWord[];
  /** The title, which gets the focus with each new paper. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** The paper on the screen: title, authors, where it appeared, and the abstract with its marks. */
export function PaperOnScreen({ shown, own, heading }: PaperOnScreenProps) {
  const { paper, reasons, rank, chosenBy, label } = shown;
  const spansOf = (field: 'title' | 'abstract') => reasons.spans.filter((span) => span.field === field);
  const abstractSpans = spansOf('abstract');
  const url = webUrl(paper.urls.pdf) ?? webUrl(paper.urls.landing);
  return (
    <>
      <p class="screening-place">
        {chosenBy === 'random' ? 'Drawn at random' : rank !== undefined && `Rank ${rank}`}
        {label && ` · you said “${label.decision}” before`}
      </p>
      <h2 ref={heading} tabIndex={-1} class="screening-title">
        <MarkedText text={paper.title} own={own} learned={spansOf('title')} />
      </h2>
      <p class="screening-facts">
        {[formatAuthors(paper.authors, MAX_AUTHORS), paper.venue, paper.year].filter(Boolean).join(' · ')}{' '}
        <a href={paperPath(paper.id)} target="_blank" rel="noreferrer">
          Page of the paper
        </a>{' '}
        {url && (
          <a href={url} target="_blank" rel="noreferrer">
            Full text
          </a>
        )}
      </p>
      {paper.abstract.trim() === '' ? (
        <p class="weak-text">No abstract is known. Judge by the title, or look at the full text.</p>
      ) : (
        <div class="screening-abstract">
          {paragraphsOf(paper.abstract).map(({ start, end }) => (
            <p key={start}>
              <MarkedText text={paper.abstract} own={own} learned={abstractSpans} start={start} end={end} />
            </p>
          ))}
        </div>
      )}
    </>
  );
}
