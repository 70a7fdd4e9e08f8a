import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { assemble } from '../../../../scripts/build-kernel.ts';
import { KERNEL } from '../../../../src/indexes/keyword/bm25/kernel.ts';
import { POSTINGS_KERNEL } from '../../../../src/indexes/keyword/bm25/postings-kernel.ts';

test.each([
  ['kernel.wat', KERNEL],
  ['postings.wat', POSTINGS_KERNEL],
])('has the assembled module of %s', async (name, assembled) => {
  const source = fileURLToPath(new URL(`../../../../src/indexes/keyword/bm25/${name}`, import.meta.url));
  expect(assembled).toBe(Buffer.from(await assemble(source)).toString('base64'));
});
