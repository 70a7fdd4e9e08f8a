import { type KeptPaper, keptPaper } from '../../collections/collection.ts';
import type { Paper } from '../../papers/paper.ts';
import { paperOfTitle } from '../../papers/paper-of-title.ts';

/** What is known of a paper when only its title was shown. What the index knows is added soon after. */
export function titleOnly(known: Pick<Paper, 'id' | 'title'>): KeptPaper {
  return paperOfTitle(known, { file: '', format: '', record: 0 });
}

/** Whether no more than the title of a paper is known. */
export function isTitleOnly({ source }: KeptPaper): boolean {
  return source.record === 0;
}

/** What this browser keeps of a paper: as on the server, but without the abstract, since its storage is small. */
export function keptHere(paper: Paper): KeptPaper {
  const { added: _added, changed: _changed, tldr: _tldr, ...kept } = keptPaper(paper);
  return { ...kept, abstract: '' };
}
