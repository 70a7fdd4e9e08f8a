import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaperSearchError } from '../../src/errors.ts';
import { detectReader, READERS } from '../../src/papers/read/formats.ts';
import { normalizePaper } from '../../src/papers/read/normalize.ts';
import { EXPORT_FORMATS, exportPapers } from '../../src/papers/write/formats.ts';
import { parseQuery } from '../../src/query/parser.ts';
import { printQuery } from '../../src/query/printer.ts';
import { parseArxivQuery } from '../../src/serve/compat/arxiv/parser.ts';
import { parseBulkQuery } from '../../src/serve/compat/semantic-scholar/bulk-query.ts';

/** A function that reads untrusted text. */
export interface Target {
  /** Texts to start with. */
  seeds(): string[];
  /** Reads a text. @throws Error when it was read wrongly; not for a text that is refused. */
  run(text: string): void | Promise<void>;
}

const FIXTURES = fileURLToPath(new URL('../../test/papers/read/fixtures', import.meta.url));

const QUERIES = [
  'graphs -"neural nets" OR (title:parsing~1 AND year:2019..2024)',
  '"a b"~9 auth* has:pdf NOT venue:"x y"',
  '(speech | graphs) +neural -"deep nets"~3 lang* word~2',
  'ti:(a AND b) ANDNOT au:del_maestro OR cat:cs.* submittedDate:[20230101 TO 2024]',
];

/** All fuzz targets by name. */
export const TARGETS: Readonly<Record<string, Target>> = {
  query: {
    seeds: () => QUERIES,
    run: refusable((text) => {
      const printed = printQuery(parseQuery(text));
      if (printQuery(parseQuery(printed)) !== printed) throw new Error('Its printed form is another query.');
    }),
  },
  'semantic-scholar-query': { seeds: () => QUERIES, run: refusable((text) => parseBulkQuery(text)) },
  'arxiv-query': { seeds: () => QUERIES, run: refusable((text) => parseArxivQuery(text)) },
  readers: { seeds: fixtures, run: readAndExport },
};

function refusable(run: (text: string) => unknown): (text: string) => void {
  return (text) => {
    try {
      run(text);
    } catch (error) {
      if (!(error instanceof PaperSearchError)) throw error;
    }
  };
}

function fixtures(): string[] {
  return readdirSync(FIXTURES).map((name) => readFileSync(join(FIXTURES, name), 'utf8').slice(0, 6000));
}

/** Reads a text in its detected format, otherwise in any format, and writes its papers in all other formats. */
async function readAndExport(text: string): Promise<void> {
  const reader = detectReader(text, 'a.txt') ?? READERS[text.length % READERS.length]!;
  const file = 'a.txt';
  async function* chunks() {
    yield text;
  }
  const papers = [];
  for await (const item of reader.read({ file, chunks }, {})) {
    if (item.kind !== 'paper') continue;
    papers.push(normalizePaper(item.paper, { file, format: reader.format, record: item.record }, {}));
  }
  for (const { name } of EXPORT_FORMATS) exportPapers(papers.slice(0, 20), name);
  if (/(?!\n)\p{Cc}/u.test(papers.map(({ title, abstract }) => title + abstract).join(''))) {
    throw new Error('A control character was not removed.');
  }
  if (Object.keys({}.constructor.prototype).length > 0)
    throw new Error('The prototype of objects was changed.');
}
