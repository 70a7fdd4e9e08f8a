import { dateOfText } from '../dates.ts';
import { bibtexReader } from './bibtex/reader.ts';
import { MAX_RECORD_LENGTH } from './lines.ts';
import { idsInUrls } from './links.ts';
import type { CorpusItem, RawPaper, Reader } from './reader.ts';
import { itemsOf } from './record.ts';
import { pageLines } from './session-page/html.ts';

const ENTRY = /@(?:inproceedings|article|incollection|proceedings|misc|book)\s*\{/i;
const META = /<meta\s[^<>]*\bname=["']citation_title["']/i;

/**
 * Pages of proceedings (CVF, PMLR, NeurIPS) and of single papers: the BibTeX entries on the page, or, where there are
 * none, the tags that pages of papers have for search engines (`citation_title`, `citation_author`).
 */
export const proceedingsPageReader: Reader = {
  format: 'proceedings-page',
  description: 'web pages of proceedings or papers, by the BibTeX or the citation_… tags in them',
  files: ['*.html'],
  detect: (head) =>
    /^\s*</.test(head) &&
    /<(?:!doctype\s+html|html)\b/i.test(head.slice(0, 2000)) &&
    (ENTRY.test(head) || META.test(head)),
  async *read(source, defaults): AsyncIterable<CorpusItem> {
    const pieces: string[] = [];
    let length = 0;
    for await (const chunk of source.chunks()) {
      pieces.push(chunk);
      length += chunk.length;
      if (length > MAX_RECORD_LENGTH) throw new Error('The page is too long to be read');
    }
    const page = pieces.join('');
    const lines = await pageLines(one(page));
    const text = lines
      .map((line) => line.text.replace(/(?=@(?:inproceedings|article|incollection|misc|book)\s*\{)/gi, '\n'))
      .join('\n');
    if (ENTRY.test(text)) {
      yield* bibtexReader.read({ file: source.file, chunks: () => one(text) }, defaults);
      return;
    }
    const paper = await paperInTags(page);
    const result = paper
      ? { paper, dropped: [] }
      : { rejected: { field: 'title', reason: 'The page has neither BibTeX nor a citation_title.' } };
    yield* itemsOf(result, { file: source.file, line: 1, record: 1 });
  },
};

async function* one(text: string): AsyncIterable<string> {
  yield text;
}

/** The paper that the `meta` tags of a page describe, as Google Scholar asks publishers to do. */
async function paperInTags(page: string): Promise<RawPaper | undefined> {
  const { Parser } = await import('htmlparser2');
  const tags = new Map<string, string[]>();
  const parser = new Parser({
    onopentag: (element, { name, property, content }) => {
      const key = (name ?? property)?.toLowerCase();
      if (element === 'meta' && key && content) tags.set(key, [...(tags.get(key) ?? []), content]);
    },
  });
  parser.end(page);
  const first = (...names: string[]) =>
    names
      .flatMap((name) => tags.get(name) ?? [])
      .map((text) => text.trim())
      .find((text) => text !== '');
  const title = first('citation_title', 'dc.title');
  if (title === undefined) return undefined;
  const url = first('citation_abstract_html_url', 'citation_public_url', 'og:url');
  const pdf = first('citation_pdf_url');
  const ids = idsInUrls(url, pdf);
  return {
    title,
    abstract: first('citation_abstract', 'dc.description', 'dcterms.abstract', 'og:description') ?? '',
    authors: tags.get('citation_author') ?? tags.get('dc.creator') ?? [],
    venue: first(
      'citation_journal_title',
      'citation_conference_title',
      'citation_inbook_title',
      'citation_conference',
    ),
    ...dateOfText(
      first('citation_publication_date', 'citation_date', 'citation_online_date', 'citation_year', 'dc.date'),
    ),
    keywords: (tags.get('citation_keywords') ?? []).flatMap((text) => text.split(/[;,]/)),
    urls: { landing: url, pdf },
    externalIds: {
      ...ids,
      doi: first('citation_doi') ?? ids.doi,
      arxiv: first('citation_arxiv_id') ?? ids.arxiv,
      pmid: first('citation_pmid'),
    },
  };
}
