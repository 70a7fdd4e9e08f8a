/** What a venue decided about a submission, the best first. */
export const ACCEPTANCES = [
  'oral',
  'spotlight',
  'poster',
  'accept',
  'workshop',
  'submitted',
  'withdrawn',
  'reject',
  'desk-reject',
] as const;
export type Acceptance = (typeof ACCEPTANCES)[number];

/** Words that people read for each decision. */
export const ACCEPTANCE_LABELS: Readonly<Record<Acceptance, string>> = {
  oral: 'Oral',
  spotlight: 'Spotlight',
  poster: 'Poster',
  accept: 'Accepted',
  workshop: 'Workshop',
  submitted: 'Submitted',
  withdrawn: 'Withdrawn submission',
  reject: 'Rejected',
  'desk-reject': 'Desk rejected',
};

const UNPUBLISHED: ReadonlySet<Acceptance> = new Set(['submitted', 'withdrawn', 'reject', 'desk-reject']);

/** Whether the venue did not publish the paper (not yet, or not at all), so that it is not cited as the venue's. */
export function isUnpublished(acceptance: Acceptance | undefined): boolean {
  return acceptance !== undefined && UNPUBLISHED.has(acceptance);
}

/** Decisions against a submission: interfaces hide its paper unless they are asked to show it. */
export const REJECTIONS = ['withdrawn', 'reject', 'desk-reject'] as const satisfies readonly Acceptance[];

/** How the venue of a submission that it did not publish is cited: "Submitted to ICLR 2018". */
export function submissionNote(venue: string | undefined, year: number | undefined): string {
  const name = [venue, venue?.includes(String(year)) ? undefined : year].filter(Boolean).join(' ');
  return `Submitted to ${name || 'a venue that is not known'}`;
}

/**
 * The words of conferences for their decisions, the first that fits wins: "Accept: notable-top-5%", "Accept (Talk)",
 * "Invite to Workshop Track", "Desk Rejected Submission".
 */
const DECISIONS: readonly (readonly [RegExp, Acceptance])[] = [
  [/\bdesk[\s_-]*reject/i, 'desk-reject'],
  [/\bwithdr[ae]w/i, 'withdrawn'],
  [/\breject/i, 'reject'],
  [/\bworkshop\b/i, 'workshop'],
  [/\boral\b|\btalk\b|\btop[\s_-]*5\s*%?/i, 'oral'],
  [/\bspotlight\b|\bhighlight(?:ed)?\b|\btop[\s_-]*(?:10|25)\s*%?/i, 'spotlight'],
  [/\bposter\b/i, 'poster'],
  [/^(?:active|submitted|under review|pending)\b|^submitted to\b/i, 'submitted'],
  [
    /\baccept|^(?:long|short|main|findings|technical(?: paper)?|industry|journal|tog paper|system demonstrations?|(?:long|short) (?:main|findings))$/i,
    'accept',
  ],
];

/** The decision that a text states, as conferences and OpenReview write it; undefined when it states none. */
export function acceptanceOf(text: string | undefined): Acceptance | undefined {
  return DECISIONS.find(([words]) => words.test(text?.trim() ?? ''))?.[1];
}
