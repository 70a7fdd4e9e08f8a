import type { Decision } from '../../review.ts';

/** Words for a decision in tables, as `wordKey` writes them. `unlabelled`: the record was not screened. */
const WORDS: Readonly<Record<Decision | 'unlabelled', string>> = {
  include: '1 yes y true t include included in relevant accept accepted asreviewrelevant',
  exclude: '0 no n false f exclude excluded out irrelevant notrelevant reject rejected asreviewirrelevant',
  maybe: '? maybe unclear unsure undecided uncertain discuss conflict',
  unlabelled:
    '-1 na nan null none unlabelled unlabeled notseen unseen unread unscreened pending asreviewnotseen',
};

const BY_WORD: ReadonlyMap<string, Decision | 'unlabelled'> = new Map(
  (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((decision) =>
    WORDS[decision].split(' ').map((word) => [word, decision] as const),
  ),
);

/**
 * What a cell says of a record: a decision, `unlabelled` for a record that was not screened, undefined for text that is
 * neither. Numbers may come from a spreadsheet: `1.0`.
 */
export function decisionOf(cell: string): Decision | 'unlabelled' | undefined {
  const text = cell.trim().toLowerCase();
  if (text === '') return 'unlabelled';
  const word = /^-?\d+(?:\.0*)?$/.test(text) ? String(Number(text)) : text.replace(/[\s_'"./-]+/g, '');
  return BY_WORD.get(word);
}

/** The parts of a text between separators, each once, trimmed, without empty ones. */
export function partsOf(text: string, separator: RegExp): string[] {
  const parts = text.split(separator).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
