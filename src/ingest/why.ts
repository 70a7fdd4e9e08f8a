import { PaperSearchError } from '../errors.ts';
import { openSnapshot } from '../indexes/store/snapshot-reader.ts';
import type { Paper, PaperSource } from '../papers/paper.ts';
import type { Agreement } from './identity/agreement.ts';
import { keysOf } from './identity/record-keys.ts';
import { reasonsOf } from './merges.ts';

/** One source of a paper. */
export interface WhySource extends PaperSource {
  /** The id that the record has there. */
  readonly id: string;
  readonly title: string;
  /** The fields of the paper that come from it. */
  readonly fields: readonly string[];
  /** The record that it was joined to, as a place in the list (from 0), and why; absent for the first. */
  readonly same?: { readonly as: number; readonly why: Agreement } | undefined;
}

/** Why a paper of an index is as it is. */
export interface Why {
  readonly id: string;
  readonly title: string;
  /** Other ids it is found by. */
  readonly aliases: readonly string[];
  /** The records that make it, the one that counts most first. */
  readonly sources: readonly WhySource[];
}

/**
 * Where a paper comes from: its records, why they are of one paper, and which field is from which.
 * @param index folder of the index. @param id of the paper, or another id that leads to it.
 * @throws PaperSearchError NOT_FOUND, and what opening an index throws.
 */
export async function whyPaper(index: string, id: string): Promise<Why> {
  const snapshot = await openSnapshot(index);
  try {
    const doc = snapshot.papers.find(id);
    if (doc < 0) throw new PaperSearchError('NOT_FOUND', `There is no paper "${id}" in "${index}".`);
    const paper = snapshot.papers.read(doc);
    const records = snapshot.readSources().read(doc);
    const { title, aliases = [] } = paper;
    const reasons = reasonsOf(records.map(keysOf), snapshot.manifest.decisions ?? []);
    const sources = records.map((record, place) => ({
      ...record.source,
      id: record.id,
      title: record.title,
      fields: fieldsFrom(paper, place),
      ...(reasons[place] && { same: reasons[place] }),
    }));
    return { id: paper.id, title, aliases, sources };
  } finally {
    snapshot.close();
  }
}

function fieldsFrom({ provenance }: Paper, place: number): string[] {
  const fields = Object.entries(provenance ?? {});
  return fields.filter(([, places]) => places.includes(place)).map(([field]) => field);
}
