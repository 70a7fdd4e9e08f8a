import { join } from 'node:path';
import { ArtifactWriter } from './artifact-writer.ts';
import type { Artifact } from './manifest.ts';

/** The files of a snapshot while they are written. */
export class SnapshotFiles {
  readonly folder: string;
  readonly #writers: ArtifactWriter[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  async open(file: string): Promise<ArtifactWriter> {
    const writer = await ArtifactWriter.create(join(this.folder, file));
    this.#writers.push(writer);
    return writer;
  }

  /** Writes a whole file. */
  async write(file: string, parts: readonly Uint8Array[]): Promise<Artifact> {
    const writer = await this.open(file);
    for (const part of parts) await writer.write(part);
    return writer.finish();
  }

  /** Closes what is open; without effect on finished files. */
  async abandon(): Promise<void> {
    for (const writer of this.#writers) await writer.abandon();
  }
}
