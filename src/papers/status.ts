/** What can have become of a paper after it was published, the gravest first. */
export const STATUS_KINDS = ['retracted', 'removed', 'withdrawn', 'concern', 'corrected'] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];

/** What a source says has become of a paper. A paper without one is as it was published. */
export interface PaperStatus {
  readonly kind: StatusKind;
  /** Why, in the source's words. */
  readonly reason?: string | undefined;
  /** When, ISO 8601: YYYY-MM-DD or a prefix of it. */
  readonly date?: string | undefined;
  /** Who says so: `ACL Anthology`, `OpenAlex`, `Crossref`, `PubMed`, `arXiv`, `Retraction Watch`, `title`. */
  readonly source?: string | undefined;
  /** Whether it was said in a list or a notice about the paper and not in a record of it. */
  readonly isFromNotice?: true | undefined;
}

/** Words that people read for each kind. */
export const STATUS_LABELS: Readonly<Record<StatusKind, string>> = {
  retracted: 'Retracted',
  removed: 'Removed',
  withdrawn: 'Withdrawn',
  concern: 'Expression of concern',
  corrected: 'Corrected',
};

/** A status as one line: "Retracted (2021-09-09, ACL Anthology): Wrong." */
export function statusText({ kind, reason, date, source }: PaperStatus): string {
  const facts = [date, source].filter((fact) => fact !== undefined).join(', ');
  return `${STATUS_LABELS[kind]}${facts && ` (${facts})`}${reason ? `: ${reason}` : ''}`;
}

/** The gravest of several statuses; the first of two that are equally grave. */
export function gravest(statuses: readonly (PaperStatus | undefined)[]): PaperStatus | undefined {
  const known = statuses.filter((status) => status !== undefined);
  return known.sort((a, b) => STATUS_KINDS.indexOf(a.kind) - STATUS_KINDS.indexOf(b.kind))[0];
}

const WORDS: readonly (readonly [RegExp, StatusKind])[] = [
  [/\bretract/i, 'retracted'],
  [/\bremov/i, 'removed'],
  [/\bwithdraw/i, 'withdrawn'],
  [/\bconcern/i, 'concern'],
  [/\bcorrect|\bcorrigend|\berrat/i, 'corrected'],
];

/** The kind that a short label means: "Retraction", "expression_of_concern", "corrigendum"; undefined for another. */
export function statusKindOf(label: string): StatusKind | undefined {
  return WORDS.find(([word]) => word.test(label.replaceAll('_', ' ')))?.[1];
}

const SUBJECT = '(?:this|the) (?:paper|article|submission|manuscript|work|version|preprint|chapter|study)';
/** "This paper has been withdrawn by the author", at the start of an abstract or anywhere in a comment. */
const SAID = new RegExp(
  `\\b${SUBJECT} (?:has|have|had|is|was|is being)(?: now)?(?: been)? (withdrawn|retracted|removed)\\b`,
  'i',
);
/** "Withdrawn", "Paper withdrawn: see the new version", "retracted by the authors", as comments say it. */
const NOTED =
  /^\W*(?:(?:paper|article|submission)(?: is| was)? )?(withdrawn|retracted)\b|\b(withdrawn|retracted) (?:by|due to|because|owing to|from (?:the )?(?:journal|arxiv|publication))\b/i;

/** The status that arXiv's comment on a paper states; undefined when it states none. */
export function statusOfComment(comment: string | undefined): PaperStatus | undefined {
  const found = SAID.exec(comment ?? '') ?? NOTED.exec(comment ?? '');
  const kind = statusKindOf(found?.[1] ?? found?.[2] ?? '');
  return kind && { kind, reason: comment?.replace(/\s+/g, ' ').trim(), source: 'arXiv' };
}

/** "RETRACTED: …", "[Withdrawn] …", "Retracted Article: …" before a title, as publishers write it. */
const MARKED = /^\s*[[(]?\s*(retracted|withdrawn|removed)(?: (?:article|paper|chapter))?\s*(?:[\])]|:)/i;
const OPENING_LENGTH = 200;

/** The status that a paper's own texts state: a mark before its title, or an abstract that says only that. */
export function statusOfTexts(title: string, abstract: string): PaperStatus | undefined {
  const marked = statusKindOf(MARKED.exec(title)?.[1] ?? '');
  if (marked) return { kind: marked, source: 'title' };
  const said = SAID.exec(abstract.slice(0, OPENING_LENGTH));
  // Later sentences of the abstract may be about another paper.
  const kind = said && said.index <= 2 ? statusKindOf(said[1]!) : undefined;
  return kind && { kind, reason: abstract.slice(0, OPENING_LENGTH).trim(), source: 'abstract' };
}

/** PubMed's publication types that say what became of the article itself; notices have types of their own. */
const PUBLICATION_TYPES: Readonly<Record<string, StatusKind>> = {
  'retracted publication': 'retracted',
  'withdrawn publication': 'withdrawn',
  'corrected and republished article': 'corrected',
};

/** The status that publication types of PubMed state. @param source who gives them. */
export function statusOfTypes(types: readonly string[], source = 'PubMed'): PaperStatus | undefined {
  return gravest(
    types.map((type) => {
      const kind = PUBLICATION_TYPES[type.trim().toLowerCase()];
      return kind && { kind, source };
    }),
  );
}
