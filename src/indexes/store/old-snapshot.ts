import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelInfo } from '../../encode/model-info.ts';
import type { Paper } from '../../papers/paper.ts';
import { corrupt } from './corrupt.ts';
import { LAYOUT } from './layout.ts';
import { OLD_FORMATS } from './manifest.ts';
import { parseRecord } from './paper-records.ts';
import { readingFrom } from './unreadable.ts';

const OldManifestSchema = z.object({
  formatVersion: z.number(),
  createdAt: z.iso.datetime(),
  model: z.object({
    name: z.string(),
    dimension: z.number().int().positive().max(65_536),
    maxTokens: z.number().int().positive(),
    digest: z.string(),
  }),
  counts: z.object({ papers: z.number().int().nonnegative() }),
  artifacts: z.record(z.string(), z.object({ bytes: z.number().int().nonnegative(), sha256: z.string() })),
});

/** What is taken over of a snapshot in a format before the present one: its papers and their vectors. */
export interface OldSnapshot {
  readonly formatVersion: number;
  /** When its papers came in, as far as it says: ISO 8601, UTC. */
  readonly createdAt: string;
  readonly model: ModelInfo;
  readonly papers: readonly Paper[];
  /** The vector of a paper by its position, L2-normalised. */
  readonly vectorOf: (position: number) => Float32Array;
}

/**
 * Reads a snapshot of format 1 or 2: one record per paper, and a row of 32-bit floats for each in the same order. Its files
 * are read whole and compared with the digests of its manifest.
 * @returns undefined for a snapshot of another format. @throws PaperSearchError INDEX_CORRUPT for damaged files;
 *   INDEX_UNREADABLE.
 */
export function readOldSnapshot(indexFolder: string, name: string): OldSnapshot | undefined {
  const file = join(indexFolder, name, LAYOUT.manifest);
  const text = readingFrom(file, () => readFileSync(file, 'utf8'));
  const manifest = jsonOf(text);
  if (!OLD_FORMATS.has((manifest as { formatVersion?: unknown } | undefined)?.formatVersion))
    return undefined;
  const parsed = OldManifestSchema.safeParse(manifest);
  if (!parsed.success) throw corrupt(file, 'it is not a manifest of the format that it names');
  const { formatVersion, createdAt, model, counts, artifacts } = parsed.data;
  const read = (artifact: string): Buffer => {
    const path = join(indexFolder, name, artifact);
    const bytes = readingFrom(path, () => readFileSync(path));
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== artifacts[artifact]?.sha256) throw corrupt(path, 'its content does not match its digest');
    return bytes;
  };
  const records = read(LAYOUT.papers);
  const papers: Paper[] = [];
  for (let start = 0; start < records.length; ) {
    const end = records.indexOf('\n', start);
    papers.push(parseRecord(records.subarray(start, end), join(indexFolder, name, LAYOUT.papers)));
    start = end + 1;
  }
  const vectors = read(LAYOUT.vectors);
  const { dimension } = model;
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  if (papers.length !== counts.papers || vectors.length !== papers.length * rowBytes) {
    throw corrupt(
      join(indexFolder, name),
      'it has another number of papers or vectors than its manifest says',
    );
  }
  return {
    formatVersion,
    createdAt,
    model,
    papers,
    vectorOf: (position) =>
      new Float32Array(
        new Uint8Array(vectors.subarray(position * rowBytes, (position + 1) * rowBytes)).buffer,
      ),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
