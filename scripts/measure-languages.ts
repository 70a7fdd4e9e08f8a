/**
 * Measures keyword search in languages other than English, with every paper analysed in English (as before languages were
 * known) and in its own language, and prints a table:
 *   npx tsx scripts/measure-languages.ts [--acl acl-anthology/corpus.jsonl.gz]
 *
 * German: the papers and queries of test/cases/languages. French: papers of the ACL Anthology with a French abstract; the
 * query is the title, and the paper is indexed without it. Mixed: the same queries among 10,000 other papers.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { bm25Engine } from '../src/indexes/keyword/bm25/engine.ts';
import { queryTerms, splitSolidWords } from '../src/indexes/keyword/query-terms.ts';
import { namesOfDisplay } from '../src/papers/names.ts';
import type { Paper } from '../src/papers/paper.ts';
import { languageOfText } from '../src/papers/read/language.ts';

const { values: options } = parseArgs({ options: { acl: { type: 'string' } } });
const CASES = 'test/cases/languages';
const DEPTH = 10;
/** Papers of other languages in the mixed collection. */
const OTHERS = 10_000;

interface Query {
  readonly text: string;
  readonly relevant: readonly string[];
}

const german = await papersIn(`${CASES}/german.jsonl`);
const germanQueries = (await recordsIn(`${CASES}/german-queries.jsonl`)).map(({ query, relevant }) => ({
  text: query as string,
  relevant: relevant as string[],
}));
console.log('| collection | queries | analysis | MRR@10 | recall@10 |\n|---|---|---|---|---|');
await row(
  'German',
  german,
  germanQueries.filter((_, at) => at % 2 === 1),
);
await row(
  'German (queries for the weights)',
  german,
  germanQueries.filter((_, at) => at % 2 === 0),
);
if (options.acl) {
  const papers = await papersIn(options.acl, 60_000);
  const french = papers.filter(({ language, abstract }) => language === 'fr' && abstract.length > 200);
  const queries = french
    .map(({ id, title }) => ({ text: title.replace(/\s*\(.*\)\s*$/, ''), relevant: [id] }))
    .filter(({ text }) => text !== '');
  const withoutTitle = french.map((paper) => ({ ...paper, title: '' }));
  await row('French (ACL Anthology), held-out titles', withoutTitle, queries);
  const others = papers.filter(({ language }) => language === undefined).slice(0, OTHERS);
  await row('the same among English papers', [...withoutTitle, ...others], queries);
}

async function row(name: string, papers: readonly Paper[], queries: readonly Query[]): Promise<void> {
  const asEnglish = papers.map(({ language: _, ...paper }) => paper);
  for (const [analysis, list] of [
    ['English', asEnglish],
    ["each paper's language", papers],
  ] as const) {
    const index = await bm25Engine.build(list);
    let reciprocal = 0;
    let recall = 0;
    for (const { text, relevant } of queries) {
      const terms = queryTerms(splitSolidWords(text, index), index);
      const found = index.top(terms, DEPTH, false).hits.map(({ doc }) => list[doc]!.id);
      const first = found.findIndex((id) => relevant.includes(id));
      reciprocal += first === -1 ? 0 : 1 / (first + 1);
      recall += relevant.filter((id) => found.includes(id)).length / relevant.length;
    }
    const mean = (sum: number) => (sum / queries.length).toFixed(3);
    console.log(`| ${name} | ${queries.length} | ${analysis} | ${mean(reciprocal)} | ${mean(recall)} |`);
  }
}

async function papersIn(file: string, most = Number.POSITIVE_INFINITY): Promise<Paper[]> {
  const records = await recordsIn(file, most);
  const papers: Paper[] = [];
  for (const [at, record] of records.entries()) {
    const title = String(record.title ?? '');
    const abstract = String(record.abstract ?? record.text ?? '');
    papers.push({
      id: String(record.id ?? record._id ?? at),
      title,
      abstract,
      language: await languageOfText({ title, abstract }, undefined),
      authors: [],
      authorNames: namesOfDisplay([]),
      keywords: [],
      categories: [],
      urls: {},
      externalIds: {},
      source: { file, format: 'jsonl', record: at + 1 },
    });
  }
  return papers;
}

async function recordsIn(file: string, most = Number.POSITIVE_INFINITY): Promise<Record<string, unknown>[]> {
  const bytes = createReadStream(file);
  const lines = createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes });
  const records: Record<string, unknown>[] = [];
  for await (const line of lines) {
    if (records.length === most) break;
    records.push(JSON.parse(line));
  }
  return records;
}
