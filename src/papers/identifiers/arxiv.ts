/** Ids since April 2007, `2101.11408`: year, month, number. */
const NEW = /(?:^|arxiv\.|[^\d.a-z])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?![\d/])/i;
/** Ids before, `hep-th/9901001` and `math.GT/0309136`: archive, year, month, number. */
const OLD = /(?:^|[^a-z.-])([a-z]+(?:-[a-z]+)?)(\.[a-z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?(?!\d)/i;
/** DOIs of others may look like ids of arXiv inside. */
const OTHER_DOI = /10\.(?!48550\/)\d{4,9}\//;

/**
 * The arXiv id in a text, without its version: the scheme of https://info.arxiv.org/help/arxiv_identifier.html.
 * The text may be an address of any mirror, `arXiv:1706.03762v2 [cs.CL]`, `oai:arXiv.org:1706.03762`,
 * `abs/1706.03762` or arXiv's own DOI.
 */
export function arxivIdIn(text: string): string | undefined {
  const given = text.trim().slice(0, 400);
  if (OTHER_DOI.test(given)) return undefined;
  const found = NEW.exec(given)?.[1];
  if (found !== undefined) return found;
  const old = OLD.exec(given);
  return old ? `${old[1]!.toLowerCase()}${(old[2] ?? '').toUpperCase()}/${old[3]}` : undefined;
}
