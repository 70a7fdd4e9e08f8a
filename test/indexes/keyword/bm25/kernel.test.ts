import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { assemble } from '../../../../scripts/build-kernel.ts';
import { KERNEL } from '../../../../src/indexes/keyword/bm25/kernel.ts';

test('has the assembled module of kernel.wat', async () => {
  const source = fileURLToPath(new URL('../../../../src/indexes/keyword/bm25/kernel.wat', import.meta.url));
  expect(KERNEL).toBe(Buffer.from(await assemble(source)).toString('base64'));
});
