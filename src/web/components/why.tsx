import type { Hit } from '../../search/api.ts';
import type { Explanation } from '../../search/explain/explanation.ts';
import { api } from '../api.ts';
import { type SearchState, searchParameters } from '../search-state.ts';
import { useRequest } from '../use-request.ts';
import { Failure, Skeleton } from './states.tsx';

const PART_NAMES: Readonly<Record<Explanation['parts'][number]['name'], string>> = {
  keyword: 'Words',
  semantic: 'Meaning',
  sentence: 'One sentence',
  'cross-encoder': 'Cross-encoder',
  reranker: 'Reranker',
};
/** Query words that are shown. */
const MAX_TERMS = 8;

/** Why a hit has its rank: requested when it is opened, because an explanation costs more than a hit. */
export function Why({ hit, state }: { hit: Hit; state: SearchState }) {
  const parameters = searchParameters(state);
  parameters.set('explain', 'true');
  parameters.set('limit', '1');
  parameters.set('offset', String(hit.rank - 1));
  const { data, error, loading, retry } = useRequest(`why ${parameters}`, (signal) =>
    api.search(parameters, signal),
  );
  if (error) return <Failure error={error} retry={retry} />;
  if (loading || !data) return <Skeleton lines={3} />;
  const [found] = data.hits;
  if (found?.paper.id !== hit.paper.id)
    return <p class="why">The papers have changed in the meantime. Please search again.</p>;
  if (!found.explanation) return <p class="why">These papers are sorted, not ranked by a query.</p>;
  return <Reasons explanation={found.explanation} />;
}

function Reasons({
  explanation: { score, parts, keyword, semantic, summary },
}: {
  explanation: Explanation;
}) {
  const terms = (keyword?.terms ?? []).filter((term) => term.score > 0).slice(0, MAX_TERMS);
  return (
    <div class="why">
      {summary !== '' && <p>{summary}</p>}
      <table>
        <caption>Score {score.toFixed(3)}: its parts</caption>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th scope="row">{PART_NAMES[part.name]}</th>
              <td>
                <Bar share={score > 0 ? part.score / score : 0} />
              </td>
              <td class="number" title={part.formula}>
                {part.score.toFixed(3)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {terms.length > 0 && (
        <table>
          <caption>Matched words, and their share of the keyword score</caption>
          <tbody>
            {terms.map((term) => (
              <tr key={term.text}>
                <th scope="row">
                  {term.text}
                  {term.count !== undefined && ` (${term.count} times in the query)`}
                </th>
                <td>
                  <Bar share={term.score / keyword!.score} />
                </td>
                <td class="number">in {term.fields.map(({ field }) => field).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {semantic?.feedback && (
        <p>
          The query was compared again together with the first results:{' '}
          {semantic.feedback.papers.map(({ id, title }) => title || id).join('; ')}.
        </p>
      )}
      {semantic?.sentence && (
        <p>
          Closest in meaning: <q>{semantic.sentence.text}</q>
        </p>
      )}
    </div>
  );
}

/** A bar that shows a share. Hidden from screen readers, because the number beside it says the same. */
function Bar({ share }: { share: number }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-track" width="100" height="8" rx="1" />
      <rect class="bar-value" width={width} height="8" rx="1" />
    </svg>
  );
}
