import type { RefObject } from 'preact';
import { counted } from '../format.ts';
import { hasBoundary, relevantOnPage } from '../relevance.ts';
import type { SearchState } from '../search-state.ts';
import type { Answer } from '../use-answer.ts';
import { HitItem } from './hit.tsx';

interface HitListProps {
  readonly answer: Answer;
  readonly state: SearchState;
  readonly list: RefObject<HTMLDivElement | null>;
}

/** The hits of a page. A line between them says where the relevant ones end. */
export function HitList({ answer, state, list }: HitListProps) {
  const { hits, offset, total } = answer;
  const end = relevantOnPage(answer);
  const relevant = 'relevant' in answer ? answer.relevant : undefined;
  const ends = hasBoundary({ total, relevant }) && relevant! < offset + hits.length;
  const items = (from: number, to?: number) =>
    hits.slice(from, to).map((hit) => <HitItem key={hit.paper.id} hit={hit} state={state} />);
  return (
    <div class="hits" ref={list}>
      {end > 0 && <ol start={offset + 1}>{items(0, end)}</ol>}
      {ends && (
        <p class="relevance-end">
          {end > 0
            ? `Relevance ends here: the ${counted(total - relevant!, 'paper')} below ${total - relevant! === 1 ? 'is' : 'are'} only the nearest.`
            : `Relevance ended after ${counted(relevant!, 'paper')}: these are only the nearest.`}
        </p>
      )}
      {end < hits.length && <ol start={offset + end + 1}>{items(end)}</ol>}
    </div>
  );
}
