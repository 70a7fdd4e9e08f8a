/** A DOI anywhere in a text: a registrant's prefix of four to nine digits, and a suffix without white space. */
const DOI = /(?<![\d.])10\.\d{4,9}(?:\.\d+)*\/\S+/g;
/** White space that people leave around the dot and the slash of a prefix. */
const SPACED_PREFIX = /(?<![\d.])10\.\s*(\d{4,9}(?:\.\d+)*)\s*\/\s*(?=\S)/g;
/** What parts two DOIs that are written without white space between them. */
const BETWEEN = /[;,|]+(?=(?:https?:\/\/[^\s;,|]{1,80}\/)?(?:doi:)?10\.\d{4,9}(?:\.\d+)*\/)/i;
/** LaTeX commands for characters that occur in DOIs. */
const LATEX: readonly (readonly [RegExp, string])[] = [
  [/\\textless\b\s*(?:\{\})?|\{\\textless\}/g, '<'],
  [/\\textgreater\b\s*(?:\{\})?|\{\\textgreater\}/g, '>'],
  [/\\textunderscore\b\s*(?:\{\})?/g, '_'],
  [/\\([_%&#$<>{}])/g, '$1'],
  [/[{}$]/g, ''],
];
/** What publishers put behind a DOI in the address of a page or a file. */
const PAGE_SUFFIX =
  /(?:\/(?:full|fulltext|full-text|pdf|epdf|abstract|abs|meta|html|summary|references)|\.(?:full|abstract))?(?:\.(?:pdf|html?|full-text))*$/;
/** bioRxiv and medRxiv number versions behind the DOI, which is the same for all of them. */
const RXIV_VERSION = /^(10\.(?:1101|64898)\/(?:\d{4}\.\d{2}\.\d{2}\.)?\d{6,8})v\d+.*$/;
/** The entities of XML that DOIs come with. */
const ENTITIES = { lt: '<', gt: '>', amp: '&' } as const;
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };
/** Longer texts are not a field of DOIs; the limit bounds the time to look through one. */
const MAX_LENGTH = 1000;

/**
 * Every DOI in a text, each once, in lower case and without what people write around it: addresses of resolvers,
 * proxies and publishers, `doi:`, percent signs, LaTeX, HTML entities, punctuation at the end.
 * The syntax is that of the DOI Handbook, 2.2 (ISO 26324), with prefixes of at least four digits, as all are.
 */
export function doisIn(text: string): string[] {
  const given = text.trim().slice(0, MAX_LENGTH);
  const isAddress =
    /^<?https?:\/\//i.test(given) || /^[\w-]+(?:\.[\w-]+)+\//.test(given.replace(/^10\..*/, ''));
  const parts = isAddress ? given.split(/[?#&](?=.)/) : [given];
  const found = parts.flatMap((part) => {
    const plain = readable(part).replace(SPACED_PREFIX, '10.$1/');
    return (plain.match(DOI) ?? [])
      .flatMap((each) => each.split(BETWEEN))
      .flatMap((each) => each.match(DOI) ?? []);
  });
  const dois = found.map((each) => cleaned(each, isAddress)).filter((each) => /\/[^/]/.test(each));
  return [...new Set(dois)];
}

/** A text without the escapes of the languages that it has come through. */
function readable(text: string): string {
  let plain = text.replace(/&(?:amp;)?(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ENTITIES[name]);
  if (/[\\{}$]/.test(plain)) for (const [command, sign] of LATEX) plain = plain.replace(command, sign);
  if (/%[0-9a-f]{2}/i.test(plain)) plain = decoded(plain);
  return plain.replace(/[\u2010-\u2015]/g, '-').replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%2f/gi, '/');
  }
}

function cleaned(found: string, isAddress: boolean): string {
  let doi = withoutEnd(found.toLowerCase());
  if (isAddress) doi = withoutEnd(doi.replace(PAGE_SUFFIX, ''));
  return doi.replace(RXIV_VERSION, '$1');
}

/** Without punctuation at the end, and closing brackets that nothing opens. */
function withoutEnd(text: string): string {
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1]!;
    if (/[.,;:!?'"`*\\/|\u2018-\u201f\u00bb\u2026]/.test(last)) continue;
    const opening = CLOSING[last];
    if (opening === undefined || count(text, opening, end) >= count(text, last, end)) break;
  }
  return text.slice(0, end);
}

function count(text: string, sign: string, end: number): number {
  let found = 0;
  for (let at = 0; at < end; at++) if (text[at] === sign) found++;
  return found;
}
