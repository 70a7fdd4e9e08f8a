import { isPaperId } from '../../../papers/semantic-scholar/identity.ts';
import { identifierInUrl } from '../../../papers/semantic-scholar/urls.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { paperNotFound } from './errors.ts';

const PREFIXED = /^(CorpusId|URL|DOI|ARXIV|ACL|S2|OPENREVIEW|MAG|PMID|PMCID):\s*(.*)$/is;
/** Identifiers that papers have only as aliases with their kind, if at all. */
const KEPT_WITH_KIND = new Set(['mag', 'pmid', 'pmcid']);
const MAX_ID_LENGTH = 2000;

/**
 * Finds a paper by any id that clients use: a `paperId` (40 hexadecimal digits), `CorpusId:`, `DOI:`, `ARXIV:`, `ACL:`,
 * `MAG:`, `PMID:`, `PMCID:`, `URL:`, each in any case; a bare DOI, arXiv id or web address; one of our ids.
 * @returns our id; undefined for an unknown paper. If several papers match, the first one of the index.
 */
export async function findPaper(id: string, snapshot: Snapshot): Promise<string | undefined> {
  if (id.length > MAX_ID_LENGTH) return undefined;
  // Our ids can have any form: "doi:10.1/x", 40 digits.
  const [own] = await snapshot.identify(id);
  if (own !== undefined) return own;
  const [, prefix, rest = ''] = PREFIXED.exec(id) ?? [];
  const kind = prefix?.toLowerCase();
  if (kind === 'corpusid')
    return /^\d{1,15}$/.test(rest) ? (await snapshot.identify(rest, 's2CorpusId'))[0] : undefined;
  if (kind === 'url' || /^https?:\/\//i.test(id)) return findByUrl(kind === 'url' ? rest : id, snapshot);
  if (kind !== undefined && KEPT_WITH_KIND.has(kind)) return undefined;
  if (kind !== undefined) return (await snapshot.identify(rest))[0];
  return isPaperId(id.toLowerCase()) ? (await snapshot.identify(id, 's2PaperId'))[0] : undefined;
}

/** Our id of the paper with an id of any kind. @throws PaperSearchError NOT_FOUND for an unknown one. */
export async function ourIdOf(id: string, snapshot: Snapshot): Promise<string> {
  const found = await findPaper(id, snapshot);
  if (found === undefined) throw paperNotFound(id);
  return found;
}

async function findByUrl(url: string, snapshot: Snapshot): Promise<string | undefined> {
  const inside = identifierInUrl(url);
  // An identifier in a web address is not a web address, so this does not recur again.
  const isId = inside !== undefined && !/^(?:https?:|url:)/i.test(inside);
  const known = isId ? await findPaper(inside, snapshot) : undefined;
  return known ?? (await snapshot.identify(url, 'url'))[0];
}
