import type { Progress } from '../../review/service.ts';
import { counted, formatCount } from '../format.ts';
import { CURVE_SIZE, curvePaths } from './curve.ts';

const RULE_NAMES: Readonly<Record<Progress['recall']['rules'][number]['name'], string>> = {
  model: 'model of the includes that are left',
  hypergeometric: 'hypergeometric test',
  safe: 'SAFE procedure',
};

/** "82 %". @param share 0 to 1. */
export function percent(share: number): string {
  // 99.6 % is not all.
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
}

/** How far the screening has come: counts, the recall that was reached, the work that is left, and what the stopping rules say. */
export function ProgressPanel({ progress }: { readonly progress: Progress }) {
  const { abstract, own, recall, curve } = progress;
  const decided = abstract.included + abstract.excluded;
  const { unseen, workLeft, target, rules } = recall;
  return (
    <>
      <label class="review-progress">
        <span>
          {formatCount(decided)} of {counted(abstract.papers, 'paper')} decided,{' '}
          {formatCount(abstract.included)} included
          {abstract.conflicts > 0 && `, ${counted(abstract.conflicts, 'conflict')}`}
          {abstract.partly > 0 && `, ${formatCount(abstract.partly)} by one reviewer of two`}
        </span>
        <progress value={decided} max={Math.max(1, abstract.papers)} />
      </label>
      <p>
        You have read {formatCount(own.read)} and included {formatCount(own.included)}
        {own.maybe > 0 && `; ${formatCount(own.maybe)} are “maybe”`}.
      </p>
      <RecallCurve progress={progress} />
      <dl class="review-figures">
        <div>
          <dt>Recall reached</dt>
          <dd>
            {percent(recall.recall)}{' '}
            <span class="weak-text">({interval(recall.low, recall.high, percent)})</span>
          </dd>
        </div>
        <div>
          <dt>Includes not seen yet</dt>
          <dd>
            about {formatCount(Math.round(unseen.estimate))}{' '}
            <span class="weak-text">
              ({interval(unseen.low, unseen.high, (n) => formatCount(Math.round(n)))})
            </span>
          </dd>
        </div>
        <div>
          <dt>Left to read until {percent(target)}</dt>
          <dd>
            {workLeft === undefined ? 'not known yet' : `about ${counted(Math.round(workLeft), 'paper')}`}
          </dd>
        </div>
      </dl>
      {curve.length > 0 && rules.length > 0 && (
        <>
          <h3>When to stop</h3>
          <ul class="stopping-rules">
            {rules.map(({ name, stop, says }) => (
              <li key={name}>
                <strong class={stop ? 'rule-stop' : ''}>{stop ? 'Stop' : 'Go on'}</strong>, by the{' '}
                {RULE_NAMES[name]}: {says}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function interval(low: number, high: number, format: (n: number) => string): string {
  return `95 % interval: ${format(low)} to ${format(high)}`;
}

/** The recall after each label as a curve with its 95 % interval, from the first paper of the pool to the last. */
function RecallCurve({ progress: { curve, recall, abstract } }: { readonly progress: Progress }) {
  const paths = curvePaths(curve, abstract.papers);
  if (!paths) return null;
  const { width, height } = CURVE_SIZE;
  const target = (1 - recall.target) * height;
  return (
    <figure class="recall-curve">
      <svg viewBox={`-2 -4 ${width + 4} ${height + 6}`} role="img" aria-labelledby="recall-curve-title">
        <title id="recall-curve-title">
          Recall by papers read: now {percent(recall.recall)} after {counted(recall.screened, 'paper')}; the
          target is {percent(recall.target)}.
        </title>
        <path class="curve-band" d={paths.band} />
        <path class="curve-target" d={`M0,${target}H${width}`} />
        <path class="curve-line" d={paths.line} />
        <path class="curve-axis" d={`M0,0V${height}H${width}`} />
      </svg>
      <figcaption>
        Estimated recall (0 to 100 %) by papers read (0 to {formatCount(abstract.papers)}), with its 95 %
        interval; dashed: the target of {percent(recall.target)}.
      </figcaption>
    </figure>
  );
}
