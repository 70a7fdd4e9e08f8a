import { useState } from 'preact/hooks';
import type { Hit, RelatedHit } from '../../search/api.ts';
import { rememberOpened } from '../hit-keys.ts';
import { later } from '../later.tsx';
import { paperPath } from '../paths.ts';
import { lessLike, moreLike, type SearchState, urlOf } from '../search-state.ts';
import { paragraphsOf, snippetsOf } from '../snippets.ts';
import { PaperText } from '../spans.tsx';
import { PaperFacts } from './paper-facts.tsx';
import { PaperLinks } from './paper-links.tsx';
import { PaperMarks } from './paper-marks.tsx';
import { Relation } from './relation.tsx';
import { Tick } from './tick.tsx';

/** Loaded when it is first opened. */
const Why = later(() => import('./why.tsx').then(({ Why }) => Why));

/** A paper in a list of hits. */
export function HitItem({ hit, state }: { hit: Hit | RelatedHit; state: SearchState }) {
  const { paper, highlights } = hit;
  const [why, setWhy] = useState(false);
  const [whole, setWhole] = useState(false);
  const whyId = `why-${hit.rank}`;
  const abstractId = `abstract-${hit.rank}`;
  return (
    <li class="hit" data-id={paper.id}>
      <Tick paper={paper} />
      <article aria-labelledby={`hit-${hit.rank}`}>
        <h2 id={`hit-${hit.rank}`}>
          <a href={paperPath(paper.id)} class="hit-title" onClick={() => rememberOpened(paper.id)}>
            <PaperText text={paper.title} marks={highlights.filter(({ field }) => field === 'title')} />
          </a>
        </h2>
        <PaperMarks paper={paper} />
        <PaperFacts paper={paper} />
        <div id={abstractId}>{whole ? <WholeAbstract hit={hit} /> : <Snippets hit={hit} />}</div>
        {'nearest' in hit && <Relation nearest={hit.nearest} terms={6} />}
        <div class="actions">
          <PaperLinks paper={paper} />
          {paper.abstract !== '' && (
            <button
              type="button"
              class="abstract-button"
              aria-expanded={whole}
              aria-controls={abstractId}
              onClick={() => setWhole(!whole)}
            >
              Abstract
            </button>
          )}
          {!('nearest' in hit) && (
            <button
              type="button"
              class="why-button"
              aria-expanded={why}
              aria-controls={whyId}
              onClick={() => setWhy(!why)}
            >
              Why it matched
            </button>
          )}
          <a href={urlOf(moreLike(state, paper.id))}>More like this</a>
          <a href={urlOf(lessLike(state, paper.id))}>Less like this</a>
        </div>
        <div id={whyId}>{why && <Why hit={hit} state={state} />}</div>
      </article>
    </li>
  );
}

/** The whole abstract, with everything that matches marked. */
function WholeAbstract({ hit: { paper, highlights } }: { hit: Hit }) {
  const marks = highlights.filter(({ field }) => field === 'abstract');
  return (
    <>
      {paragraphsOf(paper.abstract).map(({ start, end }) => (
        <p key={start} class="snippet">
          <PaperText text={paper.abstract} marks={marks} start={start} end={end} />
        </p>
      ))}
    </>
  );
}

/** The sentences that match the query best. */
function Snippets({ hit: { paper, highlights } }: { hit: Hit }) {
  if (paper.abstract === '') return <p class="snippet missing">No abstract.</p>;
  const marks = highlights.filter(({ field }) => field === 'abstract');
  return (
    <p class="snippet">
      {snippetsOf(paper.abstract, marks).map(({ start, end, cutBefore, cutAfter }) => (
        <span key={start}>
          {cutBefore && '… '}
          <PaperText text={paper.abstract} marks={marks} start={start} end={end} />
          {cutAfter ? ' … ' : ' '}
        </span>
      ))}
    </p>
  );
}
