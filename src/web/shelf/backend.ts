import type { Collection } from '../../collections/collection.ts';
import type { ContentEvent } from '../../collections/events.ts';

/** A collection to choose. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly papers: number;
}

/** A collection that is open. */
export interface Opened {
  readonly collection: Collection;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** A change that the server refused, which the reader has to know. */
export interface Refused {
  readonly message: string;
  /** What the reader wrote in it, so that it is not lost. */
  readonly written?: string | undefined;
}

/** Where collections are kept: in this browser, or on the server. Methods throw `Error`s with messages for readers. */
export interface Backend {
  readonly where: 'browser' | 'server';
  choices(): Promise<readonly Choice[]>;
  open(id: string): Promise<Opened>;
  /** @returns the id of the new collection. */
  create(name: string): Promise<string>;
  change(id: string, change: ContentEvent): Promise<void>;
  undo(id: string): Promise<void>;
  redo(id: string): Promise<void>;
  delete(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Adds the papers of a file. @returns what was added, and what was not, in a sentence. */
  import(id: string, file: File): Promise<string>;
}
