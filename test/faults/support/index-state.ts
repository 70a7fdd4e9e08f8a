import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PaperSearchError } from '../../../src/errors.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { withSnapshot } from '../../../src/search/engine.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { realFs } from './real-fs.ts';

/** A query that finds papers of every snapshot in the scenarios. */
const QUESTION = 'crash safety of indexes';

/**
 * The state of an index as text: its papers, the digests of its files, and its answer to a query.
 * @returns `no index` if nothing was ingested. @throws errors from opening, searching or verifying, and an Error for a
 *   snapshot whose digests do not match.
 */
export async function stateOfIndex(index: string): Promise<string> {
  try {
    const snapshot = await openSnapshot(index);
    const { createdAt, checksum: _, arrivals, ...manifest } = snapshot.manifest as Record<string, unknown>;
    const generations = Object.keys(arrivals ?? { 1: createdAt });
    const added = Array.from(snapshot.papers, (_paper, doc) => snapshot.arrivals.addedIn(doc));
    const ids = Array.from(snapshot.papers, ({ id, title }) => [id, title]);
    snapshot.close();
    const engine = await openIndex(index, { encoder: new HashingEncoder() });
    const { hits } = await withSnapshot(engine, (held) => held.search({ query: QUESTION, limit: 5 }));
    await engine.close();
    const { damages } = await verifyIndex(index);
    if (damages.length > 0) throw new Error(`Damaged: ${JSON.stringify(damages)}`);
    if (hits.length === 0) throw new Error('The query found no papers.');
    return JSON.stringify({ ids, hits: hits.map(({ paper }) => paper.id), manifest, generations, added });
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_MISSING') return 'no index';
    throw error;
  }
}

/** A snapshot that was written again next to an unreadable one with the same name. */
const NUMBERED = /\b([0-9a-f]{16})-\d+/;

/** The files below a folder by name, with digests of their content; without times that differ between runs. */
export function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of realFs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const plain = name.replace(NUMBERED, '$1');
    if (realFs.statSync(path).isDirectory()) files.set(`${plain}/`, '');
    else files.set(plain, digestOf(realFs.readFileSync(path)));
  }
  return files;
}

function digestOf(bytes: Uint8Array): string {
  const timeless = Buffer.from(bytes)
    .toString('latin1')
    .replace(/"createdAt": "[^"]*"/, '')
    .replace(/(?<="arrivals": \{[^}]*)"\d{4}-[^"]*"/g, '')
    .replace(/"checksum": \d+/, '')
    .replace(NUMBERED, '$1');
  return createHash('sha256').update(timeless, 'latin1').digest('hex');
}
