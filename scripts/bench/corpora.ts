import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Paper } from '../../src/papers/paper.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import { mulberry32 } from '../../src/util/random.ts';

/** Folder of the collections that texts and queries come from. */
export const COLLECTIONS = process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections';
/** Cache of costly data: corpora, vectors, Python packages. Ignored by git. */
export const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));
const SOURCES = ['acl-anthology', 'conference-lists'];
/** Minimum length of an abstract (characters). */
const MIN_ABSTRACT = 200;
/** Papers beyond this number are recombined from the sentences of the real ones. */
export const REAL_PAPERS = 100_000;

/**
 * The file (JSON Lines of papers) with `count` papers, created if it does not exist. Up to REAL_PAPERS they are real
 * papers, ordered by a digest, so that a smaller corpus is the beginning of a larger one; the papers after them are
 * synthetic: real titles and sentences, recombined.
 */
export async function corpusFile(count: number): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const file = join(CACHE, `papers-${count}.jsonl`);
  if (!existsSync(file)) {
    await write(file, count <= REAL_PAPERS ? (await realPapers()).slice(0, count) : syntheticPapers(count));
  }
  return file;
}

/** The papers of a corpus file, in order. @param count maximum number of papers. */
export async function* papersOf(file: string, count = Number.POSITIVE_INFINITY): AsyncGenerator<Paper> {
  let read = 0;
  const input = createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (read++ >= count) break;
    yield JSON.parse(line);
  }
  input.destroy();
}

async function realPapers(): Promise<Paper[]> {
  const papers = new Map<string, Paper>();
  for (const source of SOURCES) {
    const file = join(COLLECTIONS, source, 'corpus.jsonl.gz');
    for await (const event of readCorpusFile({ file, named: true }, {})) {
      if (event.kind !== 'paper' || event.paper.abstract.length < MIN_ABSTRACT) continue;
      const key = createHash('sha256').update(event.paper.title.toLowerCase()).digest('hex');
      if (!papers.has(key)) papers.set(key, event.paper);
    }
  }
  const ordered = Array.from(papers).sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.slice(0, REAL_PAPERS).map(([, paper]) => paper);
}

/** Real papers, then papers with the title of one and sentences of several others, drawn with a fixed seed. */
async function* syntheticPapers(count: number): AsyncGenerator<Paper> {
  const real: Paper[] = [];
  for await (const paper of papersOf(await corpusFile(REAL_PAPERS))) real.push(paper);
  yield* real;
  const sentences = real.flatMap(({ abstract }) => abstract.match(/[^.!?]+[.!?]+(?:\s|$)/g) ?? [abstract]);
  const random = mulberry32(20261122);
  const draw = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  for (let n = real.length; n < count; n++) {
    // As many sentences as a random paper has.
    const length = draw(real).abstract.length;
    let abstract = '';
    while (abstract.length < length) abstract += draw(sentences);
    const id = `synthetic-${n}`;
    yield {
      ...draw(real),
      id,
      abstract: abstract.trim(),
      source: { file: 'synthetic', format: 'jsonl', record: n },
    };
  }
}

async function write(file: string, papers: AsyncIterable<Paper> | Iterable<Paper>): Promise<void> {
  const lines = async function* () {
    for await (const paper of papers) yield `${JSON.stringify(paper)}\n`;
  };
  await pipeline(lines(), createWriteStream(`${file}.tmp`));
  await rename(`${file}.tmp`, file);
}
