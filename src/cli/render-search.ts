import pc from 'picocolors';
import type { Hit, SearchResponse } from '../search/api.ts';
import { encodedNote } from '../search/encoded.ts';
import type { Explanation, FeedbackExplanation } from '../search/explain/explanation.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { rejectedRemark } from './answer-output.ts';
import { type HitOptions, INDENT, renderHit, renderHits } from './render.ts';
import { renderFacets } from './render-facets.ts';

const MAX_TERMS = 6;

/** An answer: remarks, hits and facets. */
export function renderSearch(given: SearchResponse, options: HitOptions = {}): string {
  const response = visibleTexts(given);
  const { hits, total, mode, tookMs, facets } = response;
  return [
    ...remarksOn(response).map((remark) => pc.yellow(remark)),
    renderHits(hits, total, mode, tookMs, (hit) => renderExplained(hit, options)),
    ...(facets ? [renderFacets(facets)] : []),
  ].join('\n\n');
}

function remarksOn({
  confidence,
  encoded,
  mode,
  understood,
  didYouMean,
  fallback,
  hits,
  rejectedHidden,
  reranked,
}: SearchResponse): string[] {
  const remarks: string[] = understood.notices.map(({ message }) => `Note: ${message}`);
  if (rejectedHidden) remarks.push(rejectedRemark(rejectedHidden));
  const vectors = encoded && understood.ranking !== '' ? encodedNote(encoded, mode) : undefined;
  if (vectors !== undefined) remarks.push(vectors);
  if (fallback?.kind === 'spelling') remarks.push(`Showing results for: ${fallback.query}`);
  else if (didYouMean) remarks.push(`Did you mean: ${didYouMean.text}`);
  const compared =
    fallback?.kind === 'sentences' ? ` The first ${fallback.papers} were reranked by their sentences.` : '';
  if (understood.ranking !== '' && hits.length > 0) {
    if (confidence.level === 'none') remarks.push('No relevant papers were found. The closest ones are:');
    if (confidence.level === 'weak') remarks.push(`Only weak matches.${compared}`);
  }
  if (reranked && hits.length > 0) remarks.push(rerankedRemark(reranked));
  return remarks;
}

function rerankedRemark({ by, papers, outOfTime }: NonNullable<SearchResponse['reranked']>): string {
  if (papers === 0 && !outOfTime) return `These papers were not reranked: ${by} cannot rerank this order.`;
  return `The first ${papers} papers were reranked by ${by}${outOfTime ? '; then the time was up' : ''}.`;
}

function renderExplained(hit: Hit, options: HitOptions): string {
  const shown = renderHit(hit, options);
  return hit.explanation ? `${shown}\n${renderExplanation(hit.explanation)}` : shown;
}

/** A few lines: the sum, the words that count most, the closest sentence, and what each word changes. */
function renderExplanation({ score, parts, keyword, semantic, summary }: Explanation): string {
  const sum = parts.map(({ name, formula, score: part }) => `${name} ${part.toFixed(4)} (${formula})`);
  const terms = [...(keyword?.terms ?? [])]
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_TERMS)
    .map(({ text, count, score: part, fields }) => {
      const repeated = count === undefined ? '' : `, ${count} times in the query,`;
      const where = fields.map(({ field, frequency }) => `${field}${frequency > 1 ? ` ×${frequency}` : ''}`);
      return `${text}${repeated} ${part.toFixed(2)}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
    });
  const ranks = [
    ...(keyword?.rank ? [`${keyword.rank} by keyword`] : []),
    ...(semantic ? [`${semantic.rank} by meaning`] : []),
  ];
  return [
    `= ${score.toFixed(4)}: ${sum.join(' + ')}${ranks.length > 0 ? `; rank ${ranks.join(', ')}` : ''}`,
    ...(terms.length > 0 ? [`words: ${terms.join('; ')}`] : []),
    ...(semantic?.feedback ? [feedbackLine(semantic.feedback)] : []),
    ...(semantic?.sentence ? [`closest sentence: “${semantic.sentence.text}”`] : []),
    ...(summary === '' ? [] : [summary]),
  ]
    .map((line) => `${INDENT}${pc.dim(line)}`)
    .join('\n');
}

/** What the cosine is that of, if not that of the query. */
function feedbackLine({ papers, cosine }: FeedbackExplanation): string {
  const titles = papers.map(({ id, title }) => `“${title || id}”`).join(', ');
  return `cosine of the query with feedback from ${titles}; of the query alone ${cosine.toFixed(3)}`;
}
