import { yearOf } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';
import { paperIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { Snapshot } from '../../../search/engine.ts';

/** Limits of the characters that are used and of the papers that are returned. */
const MAX_LENGTH = 100;
const MAX_PAPERS = 10;
/** Requested suggestions; authors and keywords are among them. */
const ASKED = 60;

export interface Autocompletion {
  readonly id: string;
  readonly title: string;
  /** "Beltagy et al., 2019". */
  readonly authorsYear: string;
}

/** Papers whose titles start with a typed text, or contain its words. */
export async function autocomplete(text: string, snapshot: Snapshot): Promise<{ matches: Autocompletion[] }> {
  const typed = text.slice(0, MAX_LENGTH);
  if (typed.trim() === '') return { matches: [] };
  const suggestions = await snapshot.suggest(typed, ASKED);
  const ids = suggestions.flatMap((suggestion) => (suggestion.kind === 'title' ? [suggestion.id] : []));
  const matches: Autocompletion[] = [];
  for await (const paper of snapshot.papers({ ids: ids.slice(0, MAX_PAPERS) })) {
    matches.push({ id: paperIdOf(paper), title: paper.title, authorsYear: authorsYearOf(paper) });
  }
  return { matches };
}

/** The last word of the first author's name, and the year; only one of them if the other is unknown. */
export function authorsYearOf(paper: Pick<Paper, 'authors' | 'year' | 'date' | 'session'>): string {
  const { authors } = paper;
  const [first, second] = authors.map((name) => name.trim().split(/\s+/).at(-1)!);
  const names =
    first === undefined
      ? ''
      : second === undefined
        ? first
        : authors.length === 2
          ? `${first} & ${second}`
          : `${first} et al.`;
  return [names, yearOf(paper) || ''].filter((part) => part !== '').join(', ');
}
