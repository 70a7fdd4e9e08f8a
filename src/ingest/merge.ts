import { isDeepStrictEqual } from 'node:util';
import { STDIN } from '../corpus/files.ts';
import { titleKey } from '../corpus/identity.ts';
import type { Notice } from '../corpus/reader.ts';
import type { Paper } from '../types.ts';

/** What became of a paper that was read. */
export type MergeOutcome = 'added' | 'updated' | 'unchanged' | 'duplicate' | 'rejected';

/**
 * The papers of an index by id while an ingest adds to them. Nothing is lost silently: a paper that takes
 * another's place is its newer version, and one whose id belongs to a different paper gets an id of its own.
 */
export class PaperSet {
  readonly #papers: Map<string, Paper>;
  /** Line of each paper that this ingest has read. */
  readonly #read = new Map<string, number>();

  constructor(papers: readonly Paper[]) {
    this.#papers = new Map(papers.map((paper) => [paper.id, paper]));
  }

  /** Papers in the order of their ids, so that a set of papers has one order however it came about. */
  sorted(): Paper[] {
    return [...this.#papers.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * Takes in a paper.
   * @returns what became of it; `rejected` comes with the reason.
   */
  add(paper: Paper, line: number): { outcome: MergeOutcome; notice?: Notice } {
    const known = this.#papers.get(paper.id);
    if (!known) return this.#put(paper, line, 'added');
    const earlierLine = this.#read.get(paper.id);
    // Two things piped into standard input have nothing in common but the name.
    const sameFile =
      known.source.file === paper.source.file && (paper.source.file !== STDIN || earlierLine !== undefined);
    if (isDeepStrictEqual(contentOf(known), contentOf(paper))) {
      if (earlierLine !== undefined) return { outcome: 'duplicate' };
      this.#read.set(paper.id, line);
      return { outcome: 'unchanged' };
    }
    if (sameFile && earlierLine !== undefined) {
      const reason = `Another record of this file, at line ${earlierLine}, has the same id "${paper.id}" (given, or made of title and first author); that one is kept.`;
      return { outcome: 'rejected', notice: { file: paper.source.file, line, field: 'id', reason } };
    }
    if (titleKey(known.title) === titleKey(paper.title)) return this.#complete(known, paper, line);
    if (sameFile) return this.#put(paper, line, 'updated');
    return this.add({ ...paper, id: `${paper.id}@${paper.source.file}` }, line);
  }

  /** The same paper again: what it says now counts, what it leaves out stays as it was. */
  #complete(known: Paper, paper: Paper, line: number): { outcome: MergeOutcome } {
    const completed: Paper = {
      ...known,
      ...saidIn(paper),
      urls: { ...known.urls, ...saidIn(paper.urls) },
      externalIds: { ...known.externalIds, ...saidIn(paper.externalIds) },
      session: paper.session ? { ...known.session, ...saidIn(paper.session) } : known.session,
      source: known.source,
    };
    const changed = !isDeepStrictEqual(contentOf(known), contentOf(completed));
    return this.#put(changed ? completed : known, line, changed ? 'updated' : 'unchanged');
  }

  #put(paper: Paper, line: number, outcome: MergeOutcome): { outcome: MergeOutcome } {
    this.#papers.set(paper.id, paper);
    this.#read.set(paper.id, line);
    return { outcome };
  }
}

/** The fields that hold something. */
function saidIn<T extends object>(record: T): Partial<T> {
  const isSaid = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isSaid(value))) as Partial<T>;
}

/** What a paper says, in the form a snapshot keeps it (without absent fields), wherever it was read. */
function contentOf({ source: _, ...content }: Paper): unknown {
  return JSON.parse(JSON.stringify(content));
}
