import { createHash } from 'node:crypto';
import { ID_KINDS } from './id-kinds.ts';
import type { Paper } from './paper.ts';

/**
 * The id of a paper whose source gave none: its strongest external id, else words of the title and a digest
 * of title and first author. The same paper gets the same id wherever and whenever it is read.
 */
export function paperId(paper: Pick<Paper, 'title' | 'abstract' | 'authors' | 'externalIds'>): string {
  const { externalIds } = paper;
  const kind = ID_KINDS.find((each) => externalIds[each]);
  if (kind) {
    const id = externalIds[kind]!;
    return `${kind}:${kind === 'arxiv' ? id.replace(/v\d+$/, '') : id}`;
  }
  const title = paper.title || paper.abstract;
  const key = `${titleKey(title)}\n${titleKey(paper.authors[0] ?? '')}`;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const words = titleKey(title).replace(/[+#]/g, '').split(' ').slice(0, 5);
  return [...words.filter((word) => word !== ''), digest].join('-');
}

/** A title down to its letters, digits, + and #: equal for two spellings of the same title. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();
}
