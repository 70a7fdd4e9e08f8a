import type { CorpusItem } from './reader.ts';
import { rejection } from './record.ts';

/** Records that are held back until one has a title. */
const MAX_HELD = 1000;

/**
 * Papers of a file in a format that names its fields as it likes. If not one of the first MAX_HELD records (or of all,
 * when there are fewer) has a title, it is under a name that is not known: then the file is rejected as a whole.
 * @param names what the file has instead, and what to do, as sentences that end the reason.
 * @param isOurs whether the file is an export of ours, whose papers may be without titles.
 */
export async function* withTitles(
  file: string,
  items: AsyncIterable<CorpusItem>,
  names: () => string,
  isOurs: () => boolean,
): AsyncIterable<CorpusItem> {
  const held: CorpusItem[] = [];
  let isFound = false;
  for await (const item of items) {
    if (!isFound) {
      held.push(item);
      isFound = item.kind === 'paper' && (item.paper.title.trim() !== '' || isOurs());
      if (isFound) yield* held.splice(0);
      else if (held.length === MAX_HELD) break;
    } else yield item;
  }
  if (isFound) return;
  const without = held.filter(isWithoutTitle);
  if (without.length < 2 && without.every(({ kind }) => kind !== 'paper')) {
    yield* held;
    return;
  }
  yield* held.filter((item) => !isWithoutTitle(item));
  const reason = `The title of every one of ${without.length} records is empty, so no paper was read. ${names()}`;
  yield rejection({ file, line: 1 }, { field: 'title', reason });
}

function isWithoutTitle(item: CorpusItem): boolean {
  return (
    item.kind === 'paper' ||
    (item.kind === 'rejected' && item.notice.field === 'title' && item.notice.record !== undefined)
  );
}
