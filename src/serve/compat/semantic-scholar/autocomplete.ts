import { yearOf } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';
import { paperIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { Snapshot } from '../../../search/engine.ts';

/** Characters of a text that are looked at, and papers that are proposed. */
const LONGEST = 100;
const MOST = 10;
/** Suggestions that are asked for, since authors and keywords are among them. */
const ASKED = 60;

export interface Autocompletion {
  readonly id: string;
  readonly title: string;
  /** "Beltagy et al., 2019". */
  readonly authorsYear: string;
}

/** Papers whose titles go on from a text that is being typed, or have its words. */
export async function autocomplete(text: string, snapshot: Snapshot): Promise<{ matches: Autocompletion[] }> {
  const typed = text.slice(0, LONGEST);
  if (typed.trim() === '') return { matches: [] };
  const suggestions = await snapshot.suggest(typed, ASKED);
  const ids = suggestions.flatMap((suggestion) => (suggestion.kind === 'title' ? [suggestion.id] : []));
  const matches: Autocompletion[] = [];
  for await (const paper of snapshot.papers({ ids: ids.slice(0, MOST) })) {
    matches.push({ id: paperIdOf(paper), title: paper.title, authorsYear: authorsYearOf(paper) });
  }
  return { matches };
}

/** The family name of the first author, as the last word of the name, and the year; either alone without the other. */
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
