import type { Paper } from '../paper.ts';

/** What a paper is cited as. */
export type PaperKind = 'conference' | 'journal' | 'unpublished';

const CONFERENCE =
  /\b(?:proceedings|proc\.|conference|workshop|symposium|meeting|congress|findings|advances in neural)\b|\b(?:AAAI|ACL|EMNLP|NAACL|EACL|COLING|ICLR|ICML|NeurIPS|NIPS|CVPR|ICCV|ECCV|IJCAI|KDD|SIGIR|WWW|CHI|ICSE|INTERSPEECH|ICASSP)\b/i;
const JOURNAL =
  /\b(?:journal|transactions|letters|review|reviews|annals|bulletin|magazine|nature|science|quarterly)\b/i;

/** Sites of papers that were given at meetings. */
const MEETING_PAGE = /\b(?:aclanthology\.org|openreview\.net)\//;

/** What a paper is, as far as its venue tells: a journal is what neither names a meeting nor has a programme. */
export function kindOf({ venue, session, externalIds, urls }: Paper): PaperKind {
  if (!venue || /^arxiv\b/i.test(venue)) return 'unpublished';
  if (JOURNAL.test(venue) && !isProceedings(venue)) return 'journal';
  const isMeeting =
    session || externalIds.openreview || externalIds.acl || MEETING_PAGE.test(urls.landing ?? '');
  return CONFERENCE.test(venue) || isMeeting ? 'conference' : 'journal';
}

function isProceedings(venue: string): boolean {
  const begin = venue.search(/\bproceedings of the /i);
  return begin !== -1 && /conference|workshop|symposium|meeting/i.test(venue.slice(begin));
}
