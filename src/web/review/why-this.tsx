import type { Movement, Reasons } from '../../review/review.ts';
import { paperPath } from '../paths.ts';
import { PaperText } from '../spans.tsx';

/** Terms, papers and moves that are shown. */
const MAX_SHOWN = 6;

/** Why a paper has its rank: its terms and the nearest labelled papers, for and against. */
export function WhyThis({ reasons: { terms, nearest } }: { readonly reasons: Reasons }) {
  if (terms.length + nearest.length === 0) {
    return <p>Nothing is learned yet: the papers come in the order of the question and the criteria.</p>;
  }
  const strongest = Math.max(...terms.map(({ weight }) => Math.abs(weight)), Number.MIN_VALUE);
  const sides = [
    { heading: 'For including', of: terms.filter(({ weight }) => weight > 0), name: 'for' },
    { heading: 'Against', of: terms.filter(({ weight }) => weight < 0), name: 'against' },
  ];
  return (
    <>
      <div class="why-terms">
        {sides.map(({ heading, of, name }) => (
          <div key={name} class={name}>
            <h3>{heading}</h3>
            {of.length === 0 ? (
              <p class="weak-text">No term</p>
            ) : (
              <ul>
                {of.slice(0, MAX_SHOWN).map(({ term, weight }) => (
                  <li key={term}>
                    <span class={`mark-${name}`}>{term}</span>
                    <meter
                      min={0}
                      max={1}
                      value={Math.abs(weight) / strongest}
                      aria-label={`Weight of ${term}`}
                    />
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
      {nearest.length > 0 && (
        <>
          <h3>Nearest labelled papers</h3>
          <ul class="nearest">
            {nearest.slice(0, MAX_SHOWN).map(({ id, title, included, similarity }) => (
              <li key={id}>
                <span class={included ? 'decide-include' : 'decide-exclude'}>
                  {included ? 'Included' : 'Excluded'}
                </span>{' '}
                <a href={paperPath(id)} target="_blank" rel="noreferrer">
                  <PaperText text={title} />
                </a>{' '}
                <span class="weak-text">{Math.round(similarity * 100)} % similar</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What a label moved, most moved first. */
export function Moved({ moved }: { readonly moved: readonly Movement[] }) {
  if (moved.length === 0) return <p>It moved no paper.</p>;
  return (
    <ul class="moved">
      {moved.slice(0, MAX_SHOWN).map(({ id, title, before, after }) => (
        <li key={id}>
          <span class="moved-ranks">
            <span aria-hidden="true">{after < before ? '↑' : '↓'} </span>
            {before} → {after}
            <span class="visually-hidden"> {after < before ? 'up' : 'down'}: </span>
          </span>
          <PaperText text={title} />
        </li>
      ))}
    </ul>
  );
}
