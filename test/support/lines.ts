import { displayName, nameOfText } from '../../src/papers/names.ts';
import type { CorpusItem, Reader, TextSource } from '../../src/papers/read/reader.ts';

const PIECE = 7;

/** A text as a stream of chunks so small that every boundary is tested. */
export function sourceOf(text: string, file = 'test.txt'): TextSource {
  return {
    file,
    async *chunks() {
      for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE);
    },
  };
}

/** All items that a reader makes of a text. */
export async function readAll(
  reader: Reader,
  text: string,
  defaults: Parameters<Reader['read']>[1] = {},
): Promise<CorpusItem[]> {
  const items: CorpusItem[] = [];
  for await (const item of reader.read(sourceOf(text), defaults)) items.push(item);
  return items;
}

/** The papers among the items. */
export function papersOf(items: readonly CorpusItem[]) {
  return items.flatMap((item) => (item.kind === 'paper' ? [item.paper] : []));
}

/** The papers among the items, with their authors' names as they are shown. */
export function shownPapersOf(items: readonly CorpusItem[]) {
  return papersOf(items).map(({ authors, ...paper }) => ({
    ...paper,
    authors: authors.map((name) => displayName(typeof name === 'string' ? nameOfText(name) : name)),
  }));
}

/** The notices of one kind among the items. */
export function noticesOf(items: readonly CorpusItem[], kind: 'rejected' | 'warning') {
  return items.flatMap((item) => (item.kind === kind ? [item.notice] : []));
}
