import { join } from 'node:path';
import type { ModelInfo } from '../../encode/model-info.ts';
import type { Paper, PaperSequence } from '../../papers/paper.ts';
import { arrivalFacts, arrivalFile, firstArrivals, instantsOf, type NewArrivals } from './arrivals.ts';
import { checksumOf, digestOf } from './checksum.ts';
import { DocumentIndexBuilder } from './document-index.ts';
import { linkOrCopy } from './durable.ts';
import {
  copyPapers,
  type KeptPapers,
  type KeptVectors,
  placementAfter,
  placesAfter,
  runsOf,
} from './kept-papers.ts';
import { LAYOUT } from './layout.ts';
import { type Artifact, FORMAT_VERSION, type Manifest, type MergeDecision, type Tuning } from './manifest.ts';
import { KEPT_FROM, type Placement } from './placement.ts';
import { publishFiles } from './publish-files.ts';
import { SentenceRowsEnd } from './sentence-rows.ts';
import { SnapshotFiles } from './snapshot-files.ts';

/** What the snapshots of one change share. Papers and documents of `lexical` share their positions. */
export interface SnapshotText {
  /** In the order of their ids (by UTF-16 code units). */
  readonly papers: PaperSequence;
  /** The source records that a paper is made of; none for one that says what its only record says. Default: none. */
  readonly recordsOf?: ((doc: number) => readonly Paper[]) | undefined;
  /** A paper of which the line is known, and which has no records apart and no aliases. Default: none. */
  readonly storedAs?: ((doc: number) => StoredPaper | undefined) | undefined;
  /** Papers that are as in an earlier snapshot: their lines are copied. Default: none. */
  readonly kept?: KeptPapers | undefined;
  /** Papers from which on the files of kept ones are not written again. Default: `KEPT_FROM`. */
  readonly keptFrom?: number | undefined;
  /** What updates need to know of all records, in parts: see `RecordFactsWriter`. Default: none. */
  readonly recordFacts?: readonly Uint8Array[] | undefined;
  /** Whether every source record becomes a separate paper. */
  readonly keepDuplicates?: boolean | undefined;
  /** The serialised keyword index in parts, and the engine that reads it. */
  readonly lexical: readonly Uint8Array[];
  readonly lexicalEngine: string;
  /** The facts of the papers for filters, facets and sorting, in parts. */
  readonly fields: readonly Uint8Array[];
  /** Whether there is to be no map, now and later. */
  readonly withoutMap?: boolean | undefined;
  /** See the manifest. Default: none. */
  readonly sourcePaths?: Readonly<Record<string, string>> | undefined;
  readonly decisions?: readonly MergeDecision[] | undefined;
  /** When the papers came in. Default: all now. */
  readonly arrivals?: NewArrivals | undefined;
  readonly model: ModelInfo;
  /** Weights to search with. Default: the default ones. */
  readonly tuning?: Tuning | undefined;
}

/** A paper as a line of JSON. */
export interface StoredPaper {
  readonly id: string;
  readonly hasAbstract: boolean;
  readonly line: Uint8Array;
}

/** What is made of the vectors that there are, by the positions of the papers. */
export interface SnapshotVectors {
  /**
   * The vector of a document, L2-normalised; zeros for one that has none yet. It need be valid until the next call only,
   * and must be the same at every call.
   */
  readonly vectorOf: (doc: number) => Float32Array;
  /** Vectors that are copied. Default: none. */
  readonly kept?: KeptVectors | undefined;
  /** The same in 8 bits, in the form that the vector index reads. */
  readonly codes: Uint8Array;
  /** Their coarse codes, or what there is of them. Default: none. */
  readonly coarse?: Uint8Array | undefined;
  /** The rows of the sentences of a document, as `sentenceRows` makes them. Default: the snapshot has none. */
  readonly sentencesOf?: ((doc: number) => Uint8Array) | undefined;
  /** The map of the papers, in parts. Default: none. */
  readonly map?: readonly Uint8Array[] | undefined;
  /** Instead of a map: the one that it will continue, in parts. Default: none. */
  readonly earlierMap?: readonly Uint8Array[] | undefined;
  /** Papers that have a vector, where something is not encoded yet. Default: all is encoded. */
  readonly unfinished?: { readonly withVector: number } | undefined;
}

/** The content of a snapshot. */
export type SnapshotContent = SnapshotText & SnapshotVectors;

/**
 * Writes a snapshot beside the others and makes it the current one: a series of one, see there.
 * @param writtenBy version of this program. @param signal as for `publishFiles`. @returns the snapshot's name.
 */
export async function publishSnapshot(
  indexFolder: string,
  content: SnapshotContent,
  writtenBy: string,
  signal?: AbortSignal,
): Promise<string> {
  return new SnapshotSeries(indexFolder, content, writtenBy).publish(content, signal);
}

/** Papers between two looks at the signal; as many at most are copied at once. */
const LOOK_EVERY = 1000;

/** What a series keeps of the files that its snapshots share. */
interface Shared {
  readonly artifacts: Readonly<Record<string, Artifact>>;
  readonly documents: DocumentIndexBuilder;
  readonly withoutAbstract: number;
  readonly arrivals: NewArrivals;
  /** What stays in the main files of the snapshot before; undefined where all is written. */
  readonly main: MainFiles | undefined;
}

/** The main files of the snapshot before. */
interface MainFiles {
  readonly placement: Placement;
  readonly isLater: (doc: number) => boolean;
  /** Where the file of vectors is before the first snapshot of the series, and what it is. */
  readonly vectors: { readonly folder: string; readonly artifact: Artifact };
}

/**
 * Snapshots of the same papers that differ in their vectors, each of which becomes the current one. What they share is
 * written for the first one and linked for the others. The last snapshot of a series is the same as that of a series of one,
 * except for the times in its manifest.
 */
export class SnapshotSeries {
  readonly #indexFolder: string;
  readonly #writtenBy: string;
  /** Released when it is written. */
  #text: SnapshotText | undefined;
  readonly #facts: Omit<
    SnapshotText,
    'lexical' | 'fields' | 'arrivals' | 'recordsOf' | 'storedAs' | 'recordFacts' | 'kept' | 'keptFrom'
  >;
  #shared: Shared | undefined;
  /** Name of the latest snapshot. */
  #latest: string | undefined;

  /** @param writtenBy version of this program. */
  constructor(indexFolder: string, text: SnapshotText, writtenBy: string) {
    this.#indexFolder = indexFolder;
    this.#writtenBy = writtenBy;
    this.#text = text;
    const { papers, keepDuplicates, lexicalEngine, withoutMap, sourcePaths, decisions, model, tuning } = text;
    this.#facts = {
      papers,
      keepDuplicates,
      lexicalEngine,
      withoutMap,
      sourcePaths,
      decisions,
      model,
      tuning,
    };
  }

  /** Name of the latest snapshot; undefined before the first. */
  get latest(): string | undefined {
    return this.#latest;
  }

  /** Publishes the next snapshot, as `publishFiles` does. No other call may be under way. @returns its name. */
  async publish(vectors: SnapshotVectors, signal?: AbortSignal): Promise<string> {
    const write = (folder: string) => this.#write(folder, vectors, signal);
    this.#latest = await publishFiles(this.#indexFolder, write, signal);
    this.#text = undefined;
    return this.#latest;
  }

  async #write(folder: string, vectors: SnapshotVectors, signal: AbortSignal | undefined): Promise<Manifest> {
    const files = new SnapshotFiles(folder);
    try {
      const shared = await this.#writeShared(files, vectors.kept, signal);
      const { artifacts, documents, withoutAbstract, arrivals, main } = shared;
      const written = await writeVectors(files, this.#facts, shared, vectors, signal);
      if (main)
        await linkOrCopy(join(this.#folderOfVectors(main), LAYOUT.vectors), join(folder, LAYOUT.vectors));
      const createdAt = new Date().toISOString();
      const times = arrivalFacts(arrivals, createdAt);
      this.#shared = {
        artifacts,
        documents,
        withoutAbstract,
        main,
        // The papers came in with the first snapshot of the series.
        arrivals: { ...arrivals, instants: instantsOf({ createdAt, ...times }) },
      };
      const { papers, keepDuplicates, withoutMap, sourcePaths = {}, decisions = [] } = this.#facts;
      const { lexicalEngine, model, tuning } = this.#facts;
      const { unfinished } = vectors;
      const isPartial = unfinished !== undefined && unfinished.withVector < papers.length;
      return {
        formatVersion: FORMAT_VERSION,
        writtenBy: this.#writtenBy,
        createdAt,
        corpusDigest: corpusDigest(artifacts, main),
        lexicalEngine,
        model,
        counts: {
          papers: papers.length,
          withoutAbstract,
          ...(isPartial && { withVector: unfinished.withVector }),
        },
        ...(unfinished && { unfinished: true }),
        ...(keepDuplicates && { keepDuplicates: true }),
        ...(withoutMap && { withoutMap: true }),
        ...(Object.keys(sourcePaths).length > 0 && { sourcePaths: { ...sourcePaths } }),
        ...(decisions.length > 0 && { decisions: [...decisions] }),
        ...times,
        tuning,
        artifacts: inOrder({ ...artifacts, ...written }),
      };
    } finally {
      await files.abandon();
    }
  }

  /** Puts what all snapshots share into the folder. */
  async #writeShared(
    files: SnapshotFiles,
    keptVectors: KeptVectors | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Shared> {
    if (this.#shared && this.#latest !== undefined) {
      for (const file of Object.keys(this.#shared.artifacts)) {
        await linkOrCopy(join(this.#indexFolder, this.#latest, file), join(files.folder, file));
      }
      return this.#shared;
    }
    const {
      papers,
      recordsOf,
      storedAs,
      recordFacts,
      kept,
      keptFrom = KEPT_FROM,
      lexical,
      fields,
      arrivals = firstArrivals(papers.length),
    } = this.#text!;
    const placement = kept && keptVectors && placementAfter(kept, keptVectors, papers.length, keptFrom);
    const main = placement && mainFiles(kept, placement, papers.length);
    const lines = await files.open(main ? LAYOUT.laterPapers : LAYOUT.papers);
    const sourceLines = await files.open(LAYOUT.sources);
    const documents = new DocumentIndexBuilder();
    let withoutAbstract = 0;
    const isKept = kept ? (doc: number) => kept.positions[doc]! : () => -1;
    for (const { doc, count, from } of runsOf(papers.length, isKept, LOOK_EVERY, main?.isLater)) {
      signal?.throwIfAborted();
      if (from >= 0) {
        const isWritten = main?.isLater(doc) ?? true;
        await copyPapers(kept!, from, count, isWritten ? lines : undefined, sourceLines, documents);
        continue;
      }
      const stored = storedAs?.(doc);
      if (stored) {
        if (!stored.hasAbstract) withoutAbstract++;
        documents.add({ id: stored.id, aliases: [], record: stored.line, sources: [] });
        await lines.write(stored.line);
        continue;
      }
      const paper = papers.at(doc)!;
      if (paper.abstract === '') withoutAbstract++;
      const record = lineOf(paper);
      const sources = (recordsOf?.(doc) ?? []).map(lineOf);
      documents.add({ id: paper.id, aliases: paper.aliases ?? [], record, sources });
      await lines.write(record);
      for (const source of sources) await sourceLines.write(source);
    }
    if (kept) {
      withoutAbstract = kept.withoutAbstract;
      const { documents: before } = kept.papers;
      documents.addAliases(before, placesAfter(kept.positions, before.size));
    }
    const arrivalParts = arrivalFile(arrivals);
    if (main) await linkOrCopy(join(kept!.folder, LAYOUT.papers), join(files.folder, LAYOUT.papers));
    const written = await lines.finish();
    const artifacts = {
      ...(main
        ? { [LAYOUT.papers]: kept!.artifacts[LAYOUT.papers]!, [LAYOUT.laterPapers]: written }
        : { [LAYOUT.papers]: written }),
      [LAYOUT.sources]: await sourceLines.finish(),
      [LAYOUT.lexical]: await files.write(LAYOUT.lexical, lexical),
      [LAYOUT.fields]: await files.write(LAYOUT.fields, fields),
      ...(arrivalParts && { [LAYOUT.arrivals]: await files.write(LAYOUT.arrivals, arrivalParts) }),
      ...(recordFacts && { [LAYOUT.records]: await files.write(LAYOUT.records, recordFacts) }),
    };
    return { artifacts, documents, withoutAbstract, arrivals, main };
  }

  /** The folder of a snapshot with the main file of vectors: of those before the series, all but the last may be gone. */
  #folderOfVectors({ vectors }: MainFiles): string {
    return this.#latest === undefined ? vectors.folder : join(this.#indexFolder, this.#latest);
  }
}

function mainFiles({ folder, artifacts }: KeptPapers, placement: Placement, size: number): MainFiles {
  const isLater = new Uint8Array(size);
  for (const doc of placement.laterDocs) isLater[doc] = 1;
  return {
    placement,
    isLater: (doc) => isLater[doc] === 1,
    vectors: { folder, artifact: artifacts[LAYOUT.vectors]! },
  };
}

/** The digest of the file of papers, or that of both and of which papers are in each. */
function corpusDigest(artifacts: Readonly<Record<string, Artifact>>, main: MainFiles | undefined): string {
  const digest = artifacts[LAYOUT.papers]!.sha256;
  if (!main) return digest;
  const { laterDocs, goneRows } = main.placement;
  const facts = [digest, artifacts[LAYOUT.laterPapers]!.sha256, [...laterDocs], [...goneRows]];
  return digestOf([Buffer.from(JSON.stringify(facts))]);
}

/** Writes what depends on the vectors, one paper after another. */
async function writeVectors(
  files: SnapshotFiles,
  { papers, model }: Pick<SnapshotText, 'papers' | 'model'>,
  { documents, main }: Pick<Shared, 'documents' | 'main'>,
  { vectorOf, kept, codes, coarse, sentencesOf, map, earlierMap }: SnapshotVectors,
  signal: AbortSignal | undefined,
): Promise<Record<string, Artifact>> {
  const rows = await files.open(main ? LAYOUT.laterVectors : LAYOUT.vectors);
  const sentences = sentencesOf && (await files.open(LAYOUT.sentences));
  const sentencesEnd = new SentenceRowsEnd(model.dimension);
  const checksums = new Uint32Array(papers.length);
  const rowOf = kept?.rowOf ?? (() => -1);
  for (const { doc, count, from } of runsOf(papers.length, rowOf, LOOK_EVERY, main?.isLater)) {
    signal?.throwIfAborted();
    if (from >= 0) {
      checksums.set(kept!.rows.checksums.subarray(from, from + count), doc);
      if (main?.isLater(doc) ?? true) await rows.write(kept!.rows.readRows(from, count));
      continue;
    }
    const row = vectorOf(doc);
    const vector = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
    checksums[doc] = checksumOf(vector);
    await rows.write(vector);
  }
  for (let doc = 0; sentences && doc < papers.length; doc++) {
    if (doc % LOOK_EVERY === 0) signal?.throwIfAborted();
    const ofPaper = sentencesOf(doc);
    sentencesEnd.add(ofPaper);
    await sentences.write(ofPaper);
  }
  await sentences?.write(sentencesEnd.finish());
  return {
    [LAYOUT.documents]: await files.write(LAYOUT.documents, documents.finish(checksums, main?.placement)),
    ...(main
      ? { [LAYOUT.vectors]: main.vectors.artifact, [LAYOUT.laterVectors]: await rows.finish() }
      : { [LAYOUT.vectors]: await rows.finish() }),
    [LAYOUT.codes]: await files.write(LAYOUT.codes, [codes]),
    ...(coarse && { [LAYOUT.coarse]: await files.write(LAYOUT.coarse, [coarse]) }),
    ...(sentences && { [LAYOUT.sentences]: await sentences.finish() }),
    ...(map && { [LAYOUT.map]: await files.write(LAYOUT.map, map) }),
    ...(earlierMap && { [LAYOUT.earlierMap]: await files.write(LAYOUT.earlierMap, earlierMap) }),
  };
}

/** The order of the files in a manifest. The name of a snapshot is a digest of its manifest's text. */
const ORDER = [
  LAYOUT.papers,
  LAYOUT.laterPapers,
  LAYOUT.sources,
  LAYOUT.documents,
  LAYOUT.lexical,
  LAYOUT.fields,
  LAYOUT.vectors,
  LAYOUT.laterVectors,
  LAYOUT.codes,
  LAYOUT.coarse,
  LAYOUT.sentences,
  LAYOUT.map,
  LAYOUT.earlierMap,
  LAYOUT.arrivals,
  LAYOUT.records,
];

function inOrder(artifacts: Readonly<Record<string, Artifact>>): Record<string, Artifact> {
  return Object.fromEntries(
    ORDER.flatMap((file) => (artifacts[file] ? [[file, artifacts[file]] as const] : [])),
  );
}

function lineOf(paper: Paper): Buffer {
  return Buffer.from(`${JSON.stringify(paper)}\n`);
}
