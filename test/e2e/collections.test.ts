import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const COLLECTIONS = process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections';
const present = existsSync(COLLECTIONS);

if (!present) {
  console.warn(
    `Skipped: there are no collections at ${COLLECTIONS}; set PAPER_SEARCH_COLLECTIONS to their folder.`,
  );
}

/** Lines that are not empty, counted without the project's own reader. */
async function countLines(file: string): Promise<number> {
  const bytes = createReadStream(file);
  let count = 0;
  for await (const line of createInterface({
    input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes,
  })) {
    if (line.trim() !== '') count++;
  }
  return count;
}

describe.skipIf(!present)('real collections', () => {
  test.each([
    'acl-anthology/corpus.jsonl.gz',
    'adi/corpus.jsonl',
    'cacm-related/corpus.jsonl',
    'cisi/corpus.jsonl',
    'conference-keywords/corpus.jsonl',
    'conference-lists/corpus.jsonl.gz',
    'cranfield/corpus.jsonl',
    'scifact/corpus.jsonl',
    'specter-triples-sample/corpus.jsonl',
  ])(
    '%s: reads every record as a paper or a rejection',
    async (name) => {
      const file = join(COLLECTIONS, name);
      const count = { paper: 0, rejected: 0, warning: 0, file: 0, skipped: 0, unread: 0, status: 0 };
      for await (const event of readCorpusFile({ file, named: true }, {})) count[event.kind]++;
      expect(count.paper + count.rejected).toBe(await countLines(file));
      // Two of Cranfield's papers and one of CACM's have neither title nor text.
      expect(count.rejected).toBeLessThanOrEqual(2);
      // The lists of conferences have 168,000 records.
    },
    180_000,
  );

  test('ADI: reproduces its scores, and hybrid is at least as good as keyword', async () => {
    const folder = join(COLLECTIONS, 'adi');
    const index = join(await temporaryFolder(), 'index');
    const ingested = await runCli(['ingest', folder, '--index', index, '--json']);
    expect(JSON.parse(ingested.stdout)).toMatchObject({ read: 82, added: 82, rejected: [] });
    const { stdout } = await runCli(['evaluate', folder, '--index', index, '--json']);
    const ndcg = Object.fromEntries(
      JSON.parse(stdout).map((row: { mode: string; 'ndcg@10': number }) => [row.mode, row['ndcg@10']]),
    );
    expect(ndcg.keyword).toBeGreaterThan(0.3);
    expect(ndcg.semantic).toBeGreaterThan(0.3);
    expect(ndcg.hybrid).toBeGreaterThanOrEqual(ndcg.keyword);
  });
});
