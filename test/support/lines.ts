import type { CorpusItem, Reader, TextSource } from '../../src/corpus/reader.ts';

/** A text as a reader gets it. */
export function sourceOf(text: string, file = 'test.txt'): TextSource {
  return {
    file,
    async *lines() {
      yield* text.split(/\r?\n/);
    },
  };
}

/** Everything a reader makes of a text. */
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

/** The notices of one kind among the items. */
export function noticesOf(items: readonly CorpusItem[], kind: 'rejected' | 'warning') {
  return items.flatMap((item) => (item.kind !== 'paper' && item.kind === kind ? [item.notice] : []));
}
