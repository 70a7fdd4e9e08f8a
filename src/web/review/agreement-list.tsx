import { counted } from '../format.ts';
import { percent } from './progress-panel.tsx';
import type { PairAgreement } from './requests.ts';

const STAGE_NAMES = { abstract: 'Title and abstract', 'full-text': 'Full text' } as const;

/** How far pairs of reviewers agree, with Cohen's kappa. */
export function AgreementList({ pairs }: { readonly pairs: readonly PairAgreement[] }) {
  if (pairs.length === 0) return null;
  return (
    <section aria-labelledby="agreement">
      <h2 id="agreement">Agreement</h2>
      <ul class="agreement">
        {pairs.map(({ stage, reviewers, agreement }) => (
          <li key={`${stage} ${reviewers.join(' ')}`}>
            {STAGE_NAMES[stage]}, <strong>{reviewers.join(' and ')}</strong>:{' '}
            {agreement.papers === 0
              ? 'no paper that both have decided yet'
              : `the same decision on ${percent(agreement.observed)} of ${counted(agreement.papers, 'paper')}; ${kappaOf(agreement)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function kappaOf({ kappa, low, high }: PairAgreement['agreement']): string {
  if (kappa === undefined) return 'Cohen’s kappa is not defined: all decisions are the same';
  const interval =
    low === undefined || high === undefined
      ? ''
      : ` (95 % interval: ${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `Cohen’s kappa ${kappa.toFixed(2)}${interval}`;
}
