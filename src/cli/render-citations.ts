import pc from 'picocolors';
import type { Hit } from '../search/api.ts';
import type { CitationsResponse, LinkedHit, SnowballHit, SnowballResponse } from '../search/citations/api.ts';
import { plainUnicode } from '../text/markup/plain-form.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { type HitOptions, INDENT, renderHit, renderHits } from './render.ts';

/** Works that are not in the index, in the text for people. */
const MAX_OUTSIDE = 10;
/** Papers that led to a hit. */
const MAX_VIA = 3;

/** A paper as a hit that was not ranked by words. */
export function asHit({ rank, paper }: Pick<LinkedHit, 'rank' | 'paper'>): Hit {
  return { rank, score: 0, paper, highlights: [] };
}

/** The papers that a paper cites, and those that cite it. */
export function renderCitations(answers: readonly CitationsResponse[]): string {
  return answers.map(renderOne).join('\n\n');
}

function renderOne(answer: CitationsResponse): string {
  const { paper, direction, total, outside, hits, tookMs } = visibleTexts(answer);
  const name = `“${plainUnicode(paper.title) || paper.id}”`;
  const label = direction === 'references' ? `${name} cites` : `${name} is cited by`;
  if (total === 0 && outside.length === 0) {
    return direction === 'references'
      ? `${name}: no source names the works that it cites.`
      : `${name}: no paper of the index cites it.`;
  }
  const shown =
    total === 0
      ? `${label} no paper of the index.`
      : renderHits(hits.map(asHit), total, label, tookMs, (hit) =>
          withCitations(hit, hits.find(({ rank }) => rank === hit.rank)!),
        );
  return [shown, ...outsideText(outside)].join('\n\n');
}

function withCitations(hit: Hit, { citations }: LinkedHit): string {
  return `${renderHit(hit)}\n${INDENT}${pc.dim(citedText(citations))}`;
}

function citedText(citations: number): string {
  return citations === 1 ? 'cited by 1 paper' : `cited by ${citations} papers`;
}

/** The papers that citations lead to, each with the papers that led there. */
export function renderSnowball(given: SnowballResponse, options: HitOptions = {}): string {
  const { seeds, direction, hits, total, outside, tookMs } = visibleTexts(given);
  const label = `${direction} from ${seeds.length === 1 ? 'one paper' : `${seeds.length} papers`}`;
  const shown = renderHits(hits.map(asHit), total, label, tookMs, (hit) => {
    const found = hits.find(({ rank }) => rank === hit.rank)!;
    return `${renderHit(hit, options)}\n${INDENT}${pc.dim(reasonOf(found))}`;
  });
  const works = outside.map(({ reference, links }) =>
    links > 1 ? `${reference} (${links} of them)` : reference,
  );
  return [shown, ...outsideText(works)].join('\n\n');
}

function reasonOf({ distance, links, via, citations }: SnowballHit): string {
  const named = via
    .slice(0, MAX_VIA)
    .map(({ id, relation }) => (relation === 'cites' ? `cites ${id}` : `cited by ${id}`));
  const more = links > named.length ? ` and ${links - named.length} more` : '';
  return `distance ${distance}, ${named.join(', ')}${more}; ${citedText(citations)}`;
}

function outsideText(works: readonly string[]): string[] {
  if (works.length === 0) return [];
  const more = works.length > MAX_OUTSIDE ? `, and ${works.length - MAX_OUTSIDE} more` : '';
  return [pc.dim(`Cited, but not in the index: ${works.slice(0, MAX_OUTSIDE).join(', ')}${more}`)];
}
