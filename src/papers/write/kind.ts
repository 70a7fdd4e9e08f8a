import type { Paper } from '../paper.ts';

const CONFERENCE =
  /\b(?:proceedings|proc\.|conference|workshop|symposium|meeting|congress|findings|advances in neural)\b|\b(?:AAAI|ACL|EMNLP|NAACL|EACL|COLING|ICLR|ICML|NeurIPS|NIPS|CVPR|ICCV|ECCV|IJCAI|KDD|SIGIR|WWW|CHI|ICSE|INTERSPEECH|ICASSP)\b/i;
const JOURNAL =
  /\b(?:journal|transactions|letters|review|reviews|annals|bulletin|magazine|nature|science|quarterly)\b/i;

/** Sites of papers that were given at meetings. */
const MEETING_PAGE = /\b(?:aclanthology\.org|openreview\.net)\//;

/**
 * What a paper is cited as, by its type of CSL: that of its source; else `paper-conference`, `article-journal`, or
 * `article` for what is not published, as far as its venue says. A journal is what neither names a meeting nor has a session.
 */
export function cslTypeOf({ publication, venue, session, externalIds, urls }: Paper): string {
  if (publication?.type !== undefined) return publication.type;
  if (!venue || /^arxiv\b/i.test(venue)) return 'article';
  if (JOURNAL.test(venue) && !isProceedings(venue)) return 'article-journal';
  const isMeeting =
    session || externalIds.openreview || externalIds.acl || MEETING_PAGE.test(urls.landing ?? '');
  return CONFERENCE.test(venue) || isMeeting ? 'paper-conference' : 'article-journal';
}

/** The type as a format names it, where the paper's source was of that format: `phdthesis` for `bibtex`. */
export function sourceTypeOf({ publication }: Paper, format: string): string | undefined {
  const [source, type] = publication?.sourceType?.split(/:(.*)/s) ?? [];
  return source === format ? type : undefined;
}

function isProceedings(venue: string): boolean {
  const begin = venue.search(/\bproceedings of the /i);
  return begin !== -1 && /conference|workshop|symposium|meeting/i.test(venue.slice(begin));
}
