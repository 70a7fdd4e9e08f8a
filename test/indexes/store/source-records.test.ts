import { expect, test } from 'vitest';
import { packArrays } from '../../../src/indexes/binary/arrays.ts';
import { DocumentIndex } from '../../../src/indexes/store/document-index.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { publishSnapshot } from '../../../src/indexes/store/snapshot-writer.ts';
import { paperOf } from '../../support/papers.ts';
import { contentOf } from '../../support/snapshot-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lone = paperOf({ title: 'Lone' });
const records = [
  paperOf({ title: 'Merged', id: 'doi:10.1/x' }),
  paperOf({ title: 'Merged', id: 'm2', abstract: 'Text with “quotes”.' }),
];
const merged = paperOf({ title: 'Merged', id: 'merged', aliases: ['doi:10.1/x', 'm2'] });
const papers = [lone, merged];

async function snapshotOf() {
  const folder = await temporaryFolder();
  const recordsOf = (doc: number) => (doc === 1 ? records : []);
  await publishSnapshot(folder, contentOf({ papers, recordsOf, codes: new Uint8Array(4) }), '1');
  return openSnapshot(folder);
}

test('returns the records of a paper; a paper without any is its own record', async () => {
  const snapshot = await snapshotOf();
  const sources = snapshot.readSources();
  expect([sources.read(0), sources.read(1)]).toEqual([[lone], records]);
  expect([sources.isRecord(0), sources.isRecord(1)]).toEqual([true, false]);
  snapshot.close();
});

test('finds papers by their aliases', async () => {
  const { papers } = await snapshotOf();
  expect(['lone', 'merged', 'doi:10.1/x', 'm2', 'm', ''].map((id) => papers.find(id))).toEqual([
    0, 1, 1, 1, -1, -1,
  ]);
});

test('reads an index from before there were sources and aliases', () => {
  const parts = packArrays('document index', {
    recordBytes: Uint32Array.of(10),
    recordChecksums: Uint32Array.of(0),
    vectorChecksums: Uint32Array.of(0),
    idBytes: Buffer.from('a'),
    idEnds: Uint32Array.of(1),
  });
  const index = new DocumentIndex(new Uint8Array(Buffer.concat(parts)));
  expect([index.find('a'), index.find('b')]).toEqual([0, -1]);
  expect([...index.sourceCounts]).toEqual([0]);
});
