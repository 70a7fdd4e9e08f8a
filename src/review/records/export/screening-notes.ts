import type { Paper } from '../../../papers/paper.ts';
import type { WholePaper } from '../../service.ts';
import { covidenceNote } from '../labels/covidence.ts';
import { asreviewNote, fullTextLabel, isScreeningNote, rayyanNote } from '../labels/notes.ts';
import { countingAt, labelOf, outcomeOf } from './outcome.ts';

/** The paper with its notes, each a paragraph: its own, then those that ASReview, Rayyan and Covidence read or write. */
export function withScreeningNotes(whole: WholePaper): Paper {
  const { paper } = whole;
  const own = (paper.publication?.note ?? '')
    .split('\n\n')
    .filter((each) => each !== '' && !isScreeningNote(each));
  const notes = [...own, asreviewNote(labelOf(whole)), ...otherNotes(whole)];
  return { ...paper, publication: { ...paper.publication, note: notes.join('\n\n') } };
}

/** The notes that Rayyan and Covidence write, without empty ones. */
export function otherNotes(whole: WholePaper): string[] {
  const fullText = outcomeOf(whole, 'full-text');
  const excluded = fullText.decision === 'exclude' ? fullText.reasons : [];
  return [rayyanNoteOf(whole), covidenceNote(excluded)].filter((note) => note !== '');
}

/** Decisions by title and abstract, the last of each reviewer. A settlement is that of one more reviewer. */
function rayyanNoteOf(whole: WholePaper): string {
  const { labels, settlement } = countingAt(whole, 'abstract');
  const decisions = new Map(
    [...labels, ...(settlement ? [settlement] : [])].map(({ by, decision, note }) => [
      by,
      { by, decision, note },
    ]),
  );
  const fullText = outcomeOf(whole, 'full-text').decision;
  return rayyanNote({
    decisions: [...decisions.values()],
    reasons: outcomeOf(whole, 'abstract').reasons,
    labels: [
      ...(fullText === undefined ? [] : [fullTextLabel(fullText)]),
      ...(whole.retrieved === false ? ['full text not retrieved'] : []),
    ],
  });
}
