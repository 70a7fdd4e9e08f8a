import { isUnpublished } from '../papers/acceptance.ts';
import { ID_KINDS } from '../papers/identifiers.ts';
import { titleKey } from '../papers/identity.ts';
import type { ExternalIds, Paper, PaperSession, PaperUrls } from '../papers/paper.ts';
import { uniteReferences } from '../papers/references.ts';
import { gravest, type PaperStatus } from '../papers/status.ts';
import { compareTexts } from '../util/compare-texts.ts';
import { isPreprintDoi } from './identity/preprints.ts';

/** Lists whose values are put together; every other field is taken whole from one record. */
const LISTS = ['keywords', 'categories'] as const;

/**
 * The paper that several records of it make. Each field comes from the first record that has it, in the order of
 * `byPrecedence`; a date only with a year that agrees; the DOI of a publication before that of its preprint; keywords,
 * categories and references of all are merged. What is said of the publication comes from a record of a publication that took place
 * before a submission that was not accepted (`asPublished`).
 * @param records in any order; each without `sources`.
 * @returns one record as it is; several as a paper that says which field came from where. The id is the first's.
 */
export function combine(records: readonly Paper[]): Paper {
  const [first, ...others] = [...records].sort(byPrecedence);
  if (others.length === 0) return first!;
  const ordered = [first!, ...others];
  const provenance: Record<string, readonly number[]> = {};
  const takeFrom = <T>(places: readonly number[], field: string, read: (record: Paper) => T) => {
    const from = places.find((place) => isSaid(read(ordered[place]!)));
    if (from === undefined) return undefined;
    provenance[field] = [from];
    return read(ordered[from]!);
  };
  const places = ordered.map((_, place) => place);
  const published = asPublished(ordered);
  const take = <T>(field: string, read: (record: Paper) => T) => takeFrom(places, field, read);
  const takePublished = <T>(field: string, read: (record: Paper) => T) => takeFrom(published, field, read);
  const takeAll = (field: (typeof LISTS)[number]): readonly string[] => {
    const values = new Map<string, { readonly value: string; readonly from: number }>();
    ordered.forEach((record, from) => {
      for (const value of record[field]) {
        const key = titleKey(value) || value;
        if (!values.has(key)) values.set(key, { value, from });
      }
    });
    if (values.size > 0) provenance[field] = [...new Set(Array.from(values.values(), ({ from }) => from))];
    return Array.from(values.values(), ({ value }) => value);
  };
  const takeWorks = (field: 'references' | 'citedBy') => {
    const from = places.filter((place) => isSaid(ordered[place]![field]));
    if (from.length === 0) return {};
    provenance[field] = from;
    return { [field]: uniteReferences(from.map((place) => ordered[place]![field] ?? [])) };
  };
  const year = takePublished('year', (record) => record.year);
  const venue = takePublished('venue', ({ venue }) => venue);
  // A decision belongs to the venue that is named; another venue's says nothing about it.
  const decided = [
    ...(provenance.venue ?? []),
    ...published.filter((place) => ordered[place]!.venue === undefined),
  ];
  // Editors replace authors only if no record names authors.
  const authored =
    ordered.find(({ authors, authorRole }) => isSaid(authors) && authorRole === undefined) ??
    ordered.find(({ authors }) => isSaid(authors));
  const doi = () => {
    const publishedDoi = ({ externalIds }: Paper) =>
      externalIds.doi !== undefined && !isPreprintDoi(externalIds.doi) ? externalIds.doi : undefined;
    return (
      take('externalIds.doi', publishedDoi) ?? take('externalIds.doi', ({ externalIds }) => externalIds.doi)
    );
  };
  return {
    id: first!.id,
    title: take('title', ({ title }) => title) ?? '',
    abstract: take('abstract', ({ abstract }) => abstract) ?? '',
    tldr: take('tldr', ({ tldr }) => tldr),
    authors: take('authors', (record) => (record === authored ? record.authors : [])) ?? [],
    authorNames: authored?.authorNames ?? [],
    authorRole: authored?.authorRole,
    editors: take('editors', ({ editors }) => editors),
    translators: take('translators', ({ translators }) => translators),
    bookAuthors: take('bookAuthors', ({ bookAuthors }) => bookAuthors),
    publication: take('publication', ({ publication }) => publication),
    // With the text that it was detected in.
    language: ordered[(provenance.abstract ?? provenance.title ?? [0])[0]!]!.language,
    venue,
    venueAsGiven: provenance.venue && ordered[provenance.venue[0]!]!.venueAsGiven,
    year,
    date: takePublished('date', ({ date }) =>
      year === undefined || date?.startsWith(String(year)) ? date : undefined,
    ),
    keywords: takeAll('keywords'),
    categories: takeAll('categories'),
    urls: {
      landing: take('urls.landing', ({ urls }) => urls.landing),
      pdf: take('urls.pdf', ({ urls }) => urls.pdf),
      code: take('urls.code', ({ urls }) => urls.code),
    } satisfies PaperUrls,
    externalIds: Object.fromEntries(
      ID_KINDS.map((kind) => [
        kind,
        kind === 'doi' ? doi() : take(`externalIds.${kind}`, ({ externalIds }) => externalIds[kind]),
      ]),
    ) as ExternalIds,
    session: takePublished<PaperSession | undefined>('session', ({ session }) => session),
    acceptance: takeFrom(decided, 'acceptance', ({ acceptance }) => acceptance),
    status: takeFrom<PaperStatus | undefined>(gravestFirst(ordered), 'status', ({ status }) => status),
    ...takeWorks('references'),
    ...takeWorks('citedBy'),
    source: first!.source,
    sources: ordered.map(({ source }) => source),
    provenance,
  };
}

/**
 * The places of records in the order in which they are asked about the publication: those that a venue accepted, those
 * that say nothing of a decision, then submissions. Order is kept within each.
 */
function asPublished(records: readonly Paper[]): number[] {
  const rank = ({ acceptance }: Paper) => (acceptance === undefined ? 1 : isUnpublished(acceptance) ? 2 : 0);
  return records.map((_, place) => place).sort((a, b) => rank(records[a]!) - rank(records[b]!));
}

/** The place of the gravest status; the others after it. */
function gravestFirst(records: readonly Paper[]): number[] {
  const gravestStatus = gravest(records.map(({ status }) => status));
  const first = records.findIndex(({ status }) => status !== undefined && status === gravestStatus);
  return first < 0 ? [] : [first];
}

/**
 * Which of two records of a paper counts more: one with an abstract; then the stronger external id (`idRank`); then
 * the later year and date; then the longer abstract. What is left are the names of the files, so that the order in
 * which files are read never matters.
 */
export function byPrecedence(a: Paper, b: Paper): number {
  return (
    Number(b.abstract !== '') - Number(a.abstract !== '') ||
    strengthOf(a) - strengthOf(b) ||
    (b.year ?? 0) - (a.year ?? 0) ||
    -compareTexts(a.date ?? '', b.date ?? '') ||
    b.abstract.length - a.abstract.length ||
    compareTexts(a.source.file, b.source.file) ||
    a.source.record - b.source.record ||
    compareTexts(a.id, b.id)
  );
}

/** The place of a record's strongest external id among the kinds; after all of them without one. */
function strengthOf({ externalIds }: Paper): number {
  const strongest = ID_KINDS.findIndex((kind) => externalIds[kind] !== undefined);
  return strongest < 0 ? ID_KINDS.length : strongest;
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
