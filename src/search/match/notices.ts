import type { QueryNotice, TextCondition } from '../../query/ast.ts';

type Asked = Pick<TextCondition, 'text' | 'span'>;

/** Says that a text has no word that is indexed. */
export function ignoredNotice({ text, span }: Asked): QueryNotice {
  const message = `"${text}" has no word that is indexed (words like "the" and "of" are not), so it was ignored.`;
  return { span, message };
}

/**
 * Says that a text of stop words was not looked for everywhere. @param inTitles whether it was looked for in titles.
 */
export function stopWordsNotice({ text, span }: Asked, inTitles: boolean): QueryNotice {
  const message = inTitles
    ? `"${text}" has only very frequent words, so it was looked for in titles and not in other fields.`
    : `"${text}" has only very frequent words, which cannot be looked for here, so no paper matches it.`;
  return { span, message };
}
