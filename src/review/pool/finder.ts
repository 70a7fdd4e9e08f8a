import type { KeptPaper } from '../../collections/collection.ts';
import { identifierKey, identifierKeys } from '../../papers/identifiers.ts';

/** Finds papers of a list by ids and identifiers, in this process: a pool has too many to ask an index for each. */
export class PaperFinder {
  readonly #ids = new Map<string, number>();
  readonly #aliases = new Map<string, number>();
  /** An identifier that several papers have says nothing: -1. */
  readonly #keys = new Map<string, number>();

  /** @param counts whether a paper is found by its identifiers and former ids, too; default: all are. */
  constructor(papers: readonly KeptPaper[], counts: (place: number) => boolean = () => true) {
    for (const [place, paper] of papers.entries()) {
      this.#ids.set(paper.id, place);
      if (!counts(place)) continue;
      for (const alias of paper.aliases ?? []) this.#aliases.set(alias, place);
      for (const key of identifierKeys(paper)) this.#keys.set(key, this.#keys.has(key) ? -1 : place);
    }
  }

  /** The place of the paper with an id. */
  byId(id: string): number | undefined {
    return this.#ids.get(id);
  }

  /** The place of the paper with an id, a former id, or else an identifier in any form. */
  find(identifier: string): number | undefined {
    const exact = this.#ids.get(identifier) ?? this.#aliases.get(identifier);
    if (exact !== undefined) return exact;
    const place = this.#keys.get(identifierKey(identifier));
    return place === -1 ? undefined : place;
  }

  /** The place of the paper that another one is now: by its ids, then by its identifiers, the strongest first. */
  findPaper(paper: KeptPaper): number | undefined {
    for (const id of [paper.id, ...(paper.aliases ?? [])]) {
      const place = this.#ids.get(id) ?? this.#aliases.get(id);
      if (place !== undefined) return place;
    }
    for (const key of identifierKeys(paper)) {
      const place = this.#keys.get(key);
      if (place !== undefined && place !== -1) return place;
    }
    return undefined;
  }
}
