import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ModelInfo } from '../../encode/model-info.ts';
import type { Paper, PaperSequence } from '../../papers/paper.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { arrivalFacts, arrivalFile, firstArrivals, instantsOf, type NewArrivals } from './arrivals.ts';
import { ArtifactWriter } from './artifact-writer.ts';
import { DocumentIndexBuilder } from './document-index.ts';
import { removeIfPossible, replaceFile, syncFolder, syncParents, writeDurably } from './durable.ts';
import { currentFile, LAYOUT } from './layout.ts';
import {
  type Artifact,
  FORMAT_VERSION,
  type Manifest,
  type MergeDecision,
  manifestText,
  snapshotDigest,
  type Tuning,
} from './manifest.ts';
import { SentenceRowsEnd } from './sentence-rows.ts';
import { readManifest } from './snapshot-reader.ts';
import { verifySnapshot } from './verify.ts';

/** The content of a snapshot. Papers, vectors and documents of `lexical` share their positions. */
export interface SnapshotContent {
  /** In the order of their ids (by UTF-16 code units). */
  readonly papers: PaperSequence;
  /** The source records that a paper is made of; none for one that says what its only record says. Default: none. */
  readonly recordsOf?: ((doc: number) => readonly Paper[]) | undefined;
  /** Whether every source record becomes a separate paper. */
  readonly keepDuplicates?: boolean | undefined;
  /** The vector of a document, L2-normalised; it need be valid until the next call only. */
  readonly vectorOf: (doc: number) => Float32Array;
  /** The rows of the sentences of a document, as `sentenceRows` makes them. Default: the snapshot has none. */
  readonly sentencesOf?: ((doc: number) => Uint8Array) | undefined;
  /** The same in 8 bits, in the form that the vector index reads. */
  readonly codes: Uint8Array;
  /** The serialised keyword index in parts, and the engine that reads it. */
  readonly lexical: readonly Uint8Array[];
  readonly lexicalEngine: string;
  /** The facts of the papers for filters, facets and sorting, in parts. */
  readonly fields: readonly Uint8Array[];
  /** The map of the papers, in parts. Default: none. */
  readonly map?: readonly Uint8Array[] | undefined;
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

/**
 * Writes a snapshot beside the others and makes it the current one. Killed at any moment, the index still
 * opens: with the old snapshot before the last rename, with the new one after it.
 * @param writtenBy version of this program. @param signal aborting before the pointer is swapped rejects with its
 *   reason and leaves the old snapshot in use.
 * @returns the snapshot's name.
 */
export async function publishSnapshot(
  indexFolder: string,
  content: SnapshotContent,
  writtenBy: string,
  signal?: AbortSignal,
): Promise<string> {
  return publishFiles(indexFolder, (folder) => writeFiles(folder, content, writtenBy, signal), signal);
}

/**
 * Puts a folder with the files of a snapshot beside the others and makes it the current one.
 * @param write puts the files but the manifest into an empty folder, durably, and gives the manifest that names them.
 * @param signal as for `publishSnapshot`. @returns the snapshot's name.
 */
export async function publishFiles(
  indexFolder: string,
  write: (folder: string) => Promise<Manifest>,
  signal?: AbortSignal,
): Promise<string> {
  await makeFolder(indexFolder);
  const building = join(indexFolder, `snapshot.${randomUUID()}.tmp`);
  let name: string;
  try {
    await mkdir(building);
    const manifest = await write(building);
    const digest = snapshotDigest(manifest);
    name = digest;
    // The same content may be there already: only a damaged copy is written again, under another name, since
    // readers may be using this one.
    let isThere = false;
    for (let n = 2; !isThere && existsSync(join(indexFolder, name)); n++) {
      isThere = await isIntact(indexFolder, name, manifest);
      if (!isThere) name = `${digest}-${n}`;
    }
    if (!isThere) {
      await writeDurably(join(building, LAYOUT.manifest), manifestText(manifest));
      await syncFolder(building);
      await rename(building, join(indexFolder, name));
    }
  } finally {
    await removeIfPossible(building);
  }
  // Also where it was there: the ingest that put it there may have been killed before it was synced.
  await syncFolder(indexFolder);
  if (!existsSync(currentFile(indexFolder))) await syncParents(indexFolder);
  signal?.throwIfAborted();
  await replaceFile(currentFile(indexFolder), `${name}\n`);
  return name;
}

/** Papers between two looks at the signal. */
const LOOK_EVERY = 1000;

/** Writes the files of a snapshot: what there is of every paper, one paper after another. */
async function writeFiles(
  folder: string,
  content: SnapshotContent,
  writtenBy: string,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  const { papers, recordsOf, keepDuplicates, withoutMap, vectorOf, sentencesOf, model } = content;
  const { sourcePaths = {}, decisions = [] } = content;
  const artifacts: Record<string, Artifact> = {};
  const writers: ArtifactWriter[] = [];
  const open = async (file: string) => {
    const writer = await ArtifactWriter.create(join(folder, file));
    writers.push(writer);
    return writer;
  };
  const writeWhole = async (file: string, parts: readonly Uint8Array[]) => {
    const writer = await open(file);
    for (const part of parts) await writer.write(part);
    artifacts[file] = await writer.finish();
  };
  try {
    const lines = await open(LAYOUT.papers);
    const sourceLines = await open(LAYOUT.sources);
    const rows = await open(LAYOUT.vectors);
    const sentences = sentencesOf && (await open(LAYOUT.sentences));
    const sentencesEnd = new SentenceRowsEnd(model.dimension);
    const documents = new DocumentIndexBuilder();
    let withoutAbstract = 0;
    for (let doc = 0; doc < papers.length; doc++) {
      if (doc % LOOK_EVERY === 0) signal?.throwIfAborted();
      const paper = papers.at(doc)!;
      if (paper.abstract === '') withoutAbstract++;
      const record = lineOf(paper);
      const sources = (recordsOf?.(doc) ?? []).map(lineOf);
      const row = vectorOf(doc);
      const vector = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      documents.add({ id: paper.id, aliases: paper.aliases ?? [], record, sources, vector });
      await lines.write(record);
      for (const source of sources) await sourceLines.write(source);
      await rows.write(vector);
      if (!sentences) continue;
      const ofPaper = sentencesOf(doc);
      sentencesEnd.add(ofPaper);
      await sentences.write(ofPaper);
    }
    const written = await lines.finish();
    artifacts[LAYOUT.papers] = written;
    artifacts[LAYOUT.sources] = await sourceLines.finish();
    await writeWhole(LAYOUT.documents, documents.finish());
    await writeWhole(LAYOUT.lexical, content.lexical);
    await writeWhole(LAYOUT.fields, content.fields);
    artifacts[LAYOUT.vectors] = await rows.finish();
    await writeWhole(LAYOUT.codes, [content.codes]);
    if (sentences) {
      await sentences.write(sentencesEnd.finish());
      artifacts[LAYOUT.sentences] = await sentences.finish();
    }
    if (content.map) await writeWhole(LAYOUT.map, content.map);
    const arrivals = content.arrivals ?? firstArrivals(papers.length);
    const arrivalParts = arrivalFile(arrivals);
    if (arrivalParts) await writeWhole(LAYOUT.arrivals, arrivalParts);
    const createdAt = new Date().toISOString();
    return {
      formatVersion: FORMAT_VERSION,
      writtenBy,
      createdAt,
      corpusDigest: written.sha256,
      lexicalEngine: content.lexicalEngine,
      model,
      counts: { papers: papers.length, withoutAbstract },
      ...(keepDuplicates && { keepDuplicates: true }),
      ...(withoutMap && { withoutMap: true }),
      ...(Object.keys(sourcePaths).length > 0 && { sourcePaths: { ...sourcePaths } }),
      ...(decisions.length > 0 && { decisions: [...decisions] }),
      ...arrivalFacts(arrivals, createdAt),
      tuning: content.tuning,
      artifacts,
    };
  } finally {
    for (const writer of writers) await writer.abandon();
  }
}

function lineOf(paper: Paper): Buffer {
  return Buffer.from(`${JSON.stringify(paper)}\n`);
}

/**
 * Whether a snapshot is whole and its papers came in when they did in another one of its digest. They did not where it
 * was never made current, or where papers were removed and added again.
 */
async function isIntact(indexFolder: string, name: string, wanted: Manifest): Promise<boolean> {
  try {
    const damages = await verifySnapshot(indexFolder, name);
    const found = instantsOf(await readManifest(indexFolder, name));
    return damages.length === 0 && isDeepStrictEqual(found, instantsOf(wanted));
  } catch {
    return false;
  }
}
