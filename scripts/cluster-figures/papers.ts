import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { mulberry32 } from '../../src/util/random.ts';

interface BeirPaper {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Lists of real papers, from the collections. */
const LISTS = ['conference-lists', 'acl-anthology'];
/** Real abstracts that made-up papers are recombined from. */
const RECOMBINED = 20_000;

/** A line of a file of papers, and whether the paper is real. */
export interface GrowthPaper {
  readonly line: string;
  readonly isReal: boolean;
}

/**
 * Real papers as long as there are any, then made-up ones: the first words of one title and the last of another, sentences
 * of two abstracts in turn, authors, venue and year of a third. So the words of made-up papers, and how often each occurs,
 * are those of real ones.
 */
export async function* growthPapers(collections: string): AsyncGenerator<GrowthPaper> {
  const kept: BeirPaper[] = [];
  for (const list of LISTS) {
    const input = createReadStream(join(collections, list, 'corpus.jsonl.gz')).pipe(createGunzip());
    for await (const line of createInterface({ input })) {
      const paper = JSON.parse(line) as BeirPaper;
      // An id of one list may be an id of another.
      yield { line: JSON.stringify({ ...paper, _id: `${list}-${paper._id}` }), isReal: true };
      if (kept.length < RECOMBINED && paper.text.length > 200) kept.push(paper);
    }
  }
  const random = mulberry32(15);
  const any = () => kept[Math.floor(random() * kept.length)]!;
  for (let i = 0; ; i++) {
    const [one, other, third] = [any(), any(), any()];
    const sentences = [one, other].map(({ text }) => text.split(/(?<=[.?!]) /));
    const text = Array.from({ length: 4 }, (_, n) => sentences.map((each) => each[n] ?? '').join(' '));
    const words = [one, other].map(({ title }) => title.split(' '));
    const title = [
      ...words[0]!.slice(0, Math.ceil(words[0]!.length / 2)),
      ...words[1]!.slice(Math.floor(words[1]!.length / 2)),
    ].join(' ');
    const { authors, year, venue } = third.metadata ?? {};
    const line = JSON.stringify({
      _id: `made-up-${i}`,
      title,
      text: text.join(' ').trim(),
      metadata: { authors, year, venue },
    });
    yield { line, isReal: false };
  }
}

/** Collections whose vectors evaluations cache. */
const CACHED = ['scifact', 'conference-keywords'];

/** The texts of papers whose vectors are cached. */
export async function cachedPapers(collections: string): Promise<{ title: string; body: string }[]> {
  const texts: { title: string; body: string }[] = [];
  for (const name of CACHED) {
    const input = createReadStream(join(collections, name, 'corpus.jsonl'));
    for await (const line of createInterface({ input })) {
      const { title, text } = JSON.parse(line) as BeirPaper;
      texts.push({ title, body: text });
    }
  }
  return texts;
}
