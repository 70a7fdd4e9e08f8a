import { isPaperId } from '../../../papers/semantic-scholar/identity.ts';
import { identifierInUrl, urlKey } from '../../../papers/semantic-scholar/urls.ts';
import type { Corpus } from './corpus.ts';
import { paperNotFound } from './errors.ts';

const PREFIXED = /^(CorpusId|URL|DOI|ARXIV|ACL|S2|OPENREVIEW|MAG|PMID|PMCID):\s*(.*)$/is;
/** Identifiers that papers keep with their kind, if they have them at all: as aliases. */
const KEPT_WITH_KIND = new Set(['mag', 'pmid', 'pmcid']);
const MAX_ID_LENGTH = 2000;

/**
 * Finds a paper by any id that clients use: a `paperId` (40 hexadecimal digits), `CorpusId:`, `DOI:`, `ARXIV:`,
 * `ACL:`, `MAG:`, `PMID:`, `PMCID:`, `URL:`, each in any case; a bare DOI, arXiv id or web address; an id of ours.
 * @returns its position; undefined for none. Of several, the first.
 */
export async function findPaper(id: string, corpus: Corpus): Promise<number | undefined> {
  const { positions, catalogue } = corpus;
  if (id.length > MAX_ID_LENGTH) return undefined;
  // Ids of ours may look like anything: "doi:10.1/x", 40 digits.
  const [own] = await positions.positionsOf(id);
  if (own !== undefined) return own;
  const [, prefix, rest = ''] = PREFIXED.exec(id) ?? [];
  const kind = prefix?.toLowerCase();
  if (kind === 'corpusid')
    return /^\d{1,15}$/.test(rest) ? (await catalogue()).positionOfCorpusId(Number(rest)) : undefined;
  if (kind === 'url' || /^https?:\/\//i.test(id)) return findByUrl(kind === 'url' ? rest : id, corpus);
  if (kind !== undefined && KEPT_WITH_KIND.has(kind)) return undefined;
  if (kind !== undefined) return (await positions.positionsOf(rest))[0];
  const small = id.toLowerCase();
  return isPaperId(small) ? (await catalogue()).positionOfPaperId(small) : undefined;
}

/** The position of the paper with an id of any kind. @throws PaperSearchError NOT_FOUND for an unknown one. */
export async function positionOf(id: string, corpus: Corpus): Promise<number> {
  const position = await findPaper(id, corpus);
  if (position === undefined) throw paperNotFound(id);
  return position;
}

async function findByUrl(url: string, corpus: Corpus): Promise<number | undefined> {
  const inside = identifierInUrl(url);
  // A web address is in no address: this ends.
  const isId = inside !== undefined && !/^(?:https?:|url:)/i.test(inside);
  const known = isId ? await findPaper(inside, corpus) : undefined;
  if (known !== undefined) return known;
  const likely = Array.from((await corpus.catalogue()).positionsOfUrl(url));
  const papers = await corpus.positions.papersAt(likely);
  const key = urlKey(url);
  const same = papers.findIndex(({ urls }) =>
    [urls.landing, urls.pdf].some((own) => own !== undefined && urlKey(own) === key),
  );
  return same === -1 ? undefined : likely[same];
}
