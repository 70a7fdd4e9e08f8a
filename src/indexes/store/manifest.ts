import { z } from 'zod';
import type { ModelInfo } from '../../encode/model-info.ts';
import { RankingSchema } from '../../encode/models/model.ts';
import { PaperSearchError } from '../../errors.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';
import { checksumOf, digestOf } from './checksum.ts';

/**
 * Version of everything in a snapshot whose change makes older snapshots unreadable or their answers wrong:
 * the layout, the analyzer, what text is encoded. Raised with such a change.
 */
export const FORMAT_VERSION = 3;

const ArtifactSchema = z.object({
  bytes: z.number().int().nonnegative(),
  /** Checked by `verify`. */
  sha256: z.string(),
  /** Checked whenever the file is read whole. */
  crc32: z.number().int().nonnegative(),
});

/** The expected size and checksums of a file of a snapshot. */
export type Artifact = z.infer<typeof ArtifactSchema>;

const FiguresSchema = z.object({
  queries: z.number().int().positive(),
  /** Mean reciprocal ranks, and the probability that chance alone gives so large a difference. */
  default: z.number(),
  tuned: z.number(),
  p: z.number(),
});

const TuningSchema = z.object({
  /** Share of the keyword score in a hybrid one. */
  lexicalShare: z.number().min(0).max(1),
  /** Weights of the keyword engine; none for one whose weights are fixed. */
  bm25: z
    .object({
      k1: z.number().positive(),
      b: z.number().min(0).max(1),
      fieldWeights: z.record(z.enum(TEXT_FIELDS), z.number().nonnegative()),
    })
    .optional(),
  /** What it was tuned on: papers of the index at that time, and the seed that drew the queries. */
  papers: z.number().int().positive(),
  seed: z.number().int().nonnegative(),
  /** On the queries that the weights were fitted to, and on the others. */
  figures: z.object({ fit: FiguresSchema, check: FiguresSchema }),
});

/** Weights that were fitted to the corpus of a snapshot. */
export type Tuning = z.infer<typeof TuningSchema>;

const RecordRefSchema = z.object({
  /** As in the record's source. */
  file: z.string(),
  /** The id that the record has there, and its title as titles are compared. */
  id: z.string(),
  title: z.string(),
});

/** How a decision names a source record. */
export type RecordRef = z.infer<typeof RecordRefSchema>;

const MergeDecisionSchema = z.object({
  kind: z.enum(['together', 'apart']),
  records: z.tuple([RecordRefSchema, RecordRefSchema]),
});

/** A user's decision about two records: that they are of one paper, or of two. */
export type MergeDecision = z.infer<typeof MergeDecisionSchema>;

/** What fits the arrays that name generations. */
const MAX_GENERATION = 2 ** 32 - 1;

const ManifestSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  /** Version of paper-search that wrote the snapshot. */
  writtenBy: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** sha256 over the papers and where each was read, in hex. */
  corpusDigest: z.string(),
  lexicalEngine: z.string(),
  model: z.object({
    name: z.string(),
    // Bounded, since memory is allocated for it even when there are no papers.
    dimension: z.number().int().positive().max(65_536),
    maxTokens: z.number().int().positive(),
    digest: z.string(),
    ranking: RankingSchema.optional(),
  }),
  counts: z.object({
    papers: z.number().int().nonnegative(),
    withoutAbstract: z.number().int().nonnegative(),
    /** Papers that have a vector; absent where all have. The vector of another paper is all zeros. */
    withVector: z.number().int().nonnegative().optional(),
  }),
  /**
   * Whether an ingest published the snapshot before all was encoded: vectors of papers or sentences may be missing, and the
   * map. The next change of the index completes it. Absent for a complete snapshot.
   */
  unfinished: z.literal(true).optional(),
  /** Whether records of the same paper were not merged; absent when they were. */
  keepDuplicates: z.boolean().optional(),
  /** Whether the index has no map; absent when it has one as soon as there are enough papers. */
  withoutMap: z.boolean().optional(),
  /** Real paths of source files by the name in `paper.source.file`, where they differ; absent where none does. */
  sourcePaths: z.record(z.string(), z.string()).optional(),
  /** Pairs of records that a user joined or split; absent if there are none. */
  decisions: z.array(MergeDecisionSchema).optional(),
  /** The number of the last ingest that added or changed papers; absent for 1. See `Arrivals`. */
  generation: z.number().int().min(2).max(MAX_GENERATION).optional(),
  /**
   * When ingests that added or changed papers were published, by their number; absent where there is only one, at
   * `createdAt`. Not part of the digest.
   */
  arrivals: z.record(z.string().regex(/^[1-9]\d*$/), z.iso.datetime()).optional(),
  /** Absent where the default weights are used. */
  tuning: TuningSchema.optional(),
  /** Every file of the snapshot but this one. */
  artifacts: z.record(z.string(), ArtifactSchema),
});

/** The description of a snapshot: written last, so that a folder with a manifest is complete. */
export type Manifest = z.infer<typeof ManifestSchema>;

/**
 * The digest that a snapshot is named by, in hex: over everything in the manifest but its times and its own checksum.
 * So the same ingests of the same files give the same snapshot.
 */
export function snapshotDigest(manifest: Readonly<Record<string, unknown>>): string {
  const { createdAt: _, arrivals: __, checksum: ___, ...rest } = manifest;
  return digestOf([Buffer.from(JSON.stringify(rest))]).slice(0, 16);
}

/** A manifest as the text of its file. The checksum protects what the digest does not cover: the times. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, checksum: manifestChecksum(manifest) }, null, 2)}\n`;
}

function manifestChecksum(manifest: Readonly<Record<string, unknown>>): number {
  const { checksum: _, ...rest } = manifest;
  return checksumOf(Buffer.from(JSON.stringify(rest)));
}

/**
 * Reads a manifest.
 * @returns it, and its digest: to be compared with the name of the snapshot.
 * @throws PaperSearchError INDEX_INCOMPATIBLE for another format version, INDEX_CORRUPT for anything else.
 */
export function parseManifest(text: string, file: string): { manifest: Manifest; digest: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PaperSearchError('INDEX_CORRUPT', `${file} is not JSON. ${REBUILD}`, {
      details: { file },
      cause,
    });
  }
  const found = z.object({ formatVersion: z.number() }).safeParse(value);
  if (found.success && found.data.formatVersion !== FORMAT_VERSION) {
    const { formatVersion } = found.data;
    throw new PaperSearchError(
      'INDEX_INCOMPATIBLE',
      `The index has format version ${formatVersion}; this program reads version ${FORMAT_VERSION}. ${remedyFor(formatVersion)}`,
      {
        details: {
          file,
          found: formatVersion,
          expected: FORMAT_VERSION,
          upgradable: OLD_FORMATS.has(formatVersion),
        },
      },
    );
  }
  const parsed = ManifestSchema.safeParse(value);
  const damaged = (reason: string) =>
    new PaperSearchError('INDEX_CORRUPT', `${file} is damaged: ${reason} ${REBUILD}`, { details: { file } });
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error));
  const raw = value as Record<string, unknown>;
  // Snapshots of earlier versions have none.
  const isSound = raw.checksum === undefined || raw.checksum === manifestChecksum(raw);
  if (!isSound) throw damaged('Its content does not match its checksum.');
  return { manifest: parsed.data, digest: snapshotDigest(raw) };
}

/**
 * Checks that an index was built with what reads it now (a model, a keyword engine).
 * @param remedy what to run if it was not. @throws PaperSearchError INDEX_INCOMPATIBLE that names both, with the remedy.
 */
export function expectBuiltWith(what: string, found: string, expected: string, remedy = REBUILD): void {
  if (found === expected) return;
  throw new PaperSearchError(
    'INDEX_INCOMPATIBLE',
    `The index was built with another ${what}: it has ${found}, this program ${expected}. ${remedy}`,
    { details: { found, expected, upgradable: remedy === UPGRADE } },
  );
}

/** Whether an error says that `upgrade` makes an index readable. */
export function isUpgradable(error: unknown): boolean {
  return error instanceof PaperSearchError && error.details?.upgradable === true;
}

/** A model as such a message names it. */
export function nameOf({ name, digest }: ModelInfo): string {
  return `${name} ${digest}`;
}

/** What to do about an index that an older version wrote, or a newer one. */
export const UPGRADE =
  'Run "paper-search upgrade --index <folder>": it needs neither the files of the papers nor new vectors.';
/** Earlier formats that `upgrade` reads: see `old-snapshot.ts`. */
export const OLD_FORMATS: ReadonlySet<unknown> = new Set([1, 2]);

function remedyFor(formatVersion: number): string {
  if (OLD_FORMATS.has(formatVersion)) return UPGRADE;
  const newer = 'Install the version of paper-search that wrote it, or a newer one. Or build it again: ';
  return `${formatVersion > FORMAT_VERSION ? newer : ''}${REBUILD}`;
}

/** What to do about an index that cannot be opened. */
export const REBUILD = 'Run "paper-search ingest --rebuild <path to the papers>".';
