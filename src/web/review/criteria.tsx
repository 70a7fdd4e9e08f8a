import type { Protocol } from '../../review/review.ts';
import { KeyName } from './key-name.tsx';

interface CriteriaProps {
  readonly protocol: Pick<Protocol, 'question' | 'include' | 'exclude'>;
  /** Names of the criteria that are given as reasons. */
  readonly chosen: readonly string[];
  readonly onToggle: (name: string) => void;
}

/** Id of the first reason, for the key that leads to it. */
export const FIRST_REASON_ID = 'first-reason';

/** What the review asks and how it judges. Each criterion can be ticked as a reason; those to exclude have the keys 1 to 9. */
export function Criteria({ protocol: { question, include, exclude }, chosen, onToggle }: CriteriaProps) {
  const lists = [
    { heading: 'Include if', criteria: include, hasKeys: false },
    { heading: 'Exclude if', criteria: exclude, hasKeys: true },
  ];
  const first = exclude.length > 0 ? exclude[0] : include[0];
  return (
    <>
      <p class="review-question">{question}</p>
      {lists.map(
        ({ heading, criteria, hasKeys }) =>
          criteria.length > 0 && (
            <fieldset key={heading} class="criteria">
              <legend>{heading}</legend>
              <ul>
                {criteria.map((criterion, place) => {
                  const { name, description } = criterion;
                  return (
                    <li key={name}>
                      <label>
                        <input
                          id={criterion === first ? FIRST_REASON_ID : undefined}
                          type="checkbox"
                          checked={chosen.includes(name)}
                          onChange={() => onToggle(name)}
                        />
                        <span class="criterion">
                          {name}
                          {description !== '' && <span class="criterion-description">{description}</span>}
                        </span>
                        {hasKeys && place < 9 && <KeyName name={String(place + 1)} />}
                      </label>
                    </li>
                  );
                })}
              </ul>
            </fieldset>
          ),
      )}
      {include.length + exclude.length === 0 && <p>The protocol has no criteria yet.</p>}
    </>
  );
}
