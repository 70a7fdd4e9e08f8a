import type { SnapshotContent } from '../../src/indexes/store/snapshot-writer.ts';
import { paperOf } from './papers.ts';

/** What a snapshot of one paper is written from, with other fields as given. The bytes of its parts have no meaning. */
export function contentOf(fields: Partial<SnapshotContent> = {}): SnapshotContent {
  return {
    papers: [paperOf({ title: 'a' })],
    vectorOf: () => Float32Array.from([1, 0]),
    codes: Uint8Array.from([1, 2, 3]),
    lexical: [Uint8Array.from([4])],
    lexicalEngine: 'test/1',
    fields: [Uint8Array.from([5])],
    model: { name: 'm', dimension: 2, maxTokens: 8, digest: 'd' },
    ...fields,
  };
}
