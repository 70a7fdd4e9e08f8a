import { ID_KINDS } from '../papers/identifiers.ts';
import { titleKey } from '../papers/identity.ts';
import type { ExternalIds, Paper, PaperSession, PaperUrls } from '../papers/paper.ts';
import { compareTexts } from '../util/compare-texts.ts';
import { isPreprintDoi } from './identity/preprints.ts';

/** Lists whose values are put together; every other field is taken whole from one record. */
const LISTS = ['keywords', 'categories'] as const;

/**
 * The paper that several records of it make. Each field comes from the first record that has it, in the order of
 * `byPrecedence`; a date only with a year that agrees; the DOI of a publication before that of its preprint; keywords and categories of all are put together.
 * @param records in any order; each without `sources`.
 * @returns one record as it is; several as a paper that says which field came from where. The id is the first's.
 */
export function combine(records: readonly Paper[]): Paper {
  const [first, ...others] = [...records].sort(byPrecedence);
  if (others.length === 0) return first!;
  const ordered = [first!, ...others];
  const provenance: Record<string, readonly number[]> = {};
  const take = <T>(field: string, read: (record: Paper) => T): T | undefined => {
    const from = ordered.findIndex((record) => isSaid(read(record)));
    if (from < 0) return undefined;
    provenance[field] = [from];
    return read(ordered[from]!);
  };
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
  const doi = () => {
    const published = ({ externalIds }: Paper) =>
      externalIds.doi !== undefined && !isPreprintDoi(externalIds.doi) ? externalIds.doi : undefined;
    return (
      take('externalIds.doi', published) ?? take('externalIds.doi', ({ externalIds }) => externalIds.doi)
    );
  };
  const year = take('year', (record) => record.year);
  return {
    id: first!.id,
    title: take('title', ({ title }) => title) ?? '',
    abstract: take('abstract', ({ abstract }) => abstract) ?? '',
    authors: take('authors', ({ authors }) => authors) ?? [],
    venue: take('venue', ({ venue }) => venue),
    year,
    date: take('date', ({ date }) =>
      year === undefined || date?.startsWith(String(year)) ? date : undefined,
    ),
    keywords: takeAll('keywords'),
    categories: takeAll('categories'),
    urls: {
      landing: take('urls.landing', ({ urls }) => urls.landing),
      pdf: take('urls.pdf', ({ urls }) => urls.pdf),
    } satisfies PaperUrls,
    externalIds: Object.fromEntries(
      ID_KINDS.map((kind) => [
        kind,
        kind === 'doi' ? doi() : take(`externalIds.${kind}`, ({ externalIds }) => externalIds[kind]),
      ]),
    ) as ExternalIds,
    session: take<PaperSession | undefined>('session', ({ session }) => session),
    source: first!.source,
    sources: ordered.map(({ source }) => source),
    provenance,
  };
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
