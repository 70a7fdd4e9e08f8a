import { PaperSearchError } from '../errors.ts';
import type { MergeDecision } from '../indexes/store/manifest.ts';
import { currentSnapshot, missingIndex } from '../indexes/store/snapshot-reader.ts';
import { identifierKey, withoutVersion } from '../papers/identifiers.ts';
import { refOf } from './decisions.ts';
import type { EarlierPaper, EarlierPapers } from './earlier-papers.ts';
import type { RecordSet, SourceRecord } from './record-set.ts';
import { updateIndex } from './update-index.ts';
import type { UpdateOptions } from './update-options.ts';

/** What joining or splitting did. */
export interface DecisionReport {
  /** Folder of the index, and the name of the current snapshot afterwards. */
  readonly index: string;
  readonly snapshot: string;
  /** The ids of the papers that the records make now. */
  readonly ids: readonly string[];
  /** Papers in the index afterwards. */
  readonly papers: number;
}

type Options = Omit<UpdateOptions, 'rebuild' | 'keepDuplicates'>;

/** Most records of a paper that are parted pair by pair. */
const MAX_SPLIT = 200;

/**
 * Parts the records of a paper, now and in later ingests: all from each other, or one from the others.
 * @param id of the paper. @param other id that the record to part has in its file; default: every record.
 * @throws PaperSearchError NOT_FOUND when the index has no such paper or the paper no such record; BAD_REQUEST when the
 *   paper has one record, or all have that id; INDEX_MISSING, and what `ingest` throws.
 */
export async function splitPaper(
  id: string,
  other: string | undefined,
  options: Options = {},
): Promise<DecisionReport> {
  return decide(options, (records, earlier, index) => {
    const made = recordsOf(id, records, earlier, index);
    if (made.length < 2) throw badRequest(`"${id}" is made of one record: there is nothing to split.`);
    if (made.length > MAX_SPLIT) throw badRequest(`"${id}" is made of more than ${MAX_SPLIT} records.`);
    if (other === undefined) {
      const pairs = made.flatMap((a, at) => made.slice(at + 1).map((b) => decision('apart', a, b)));
      return { decisions: pairs, touched: made };
    }
    const key = keyOf(other);
    const isOther = ({ keys }: SourceRecord) =>
      keyOf(keys.id) === key || keys.externalIds.some((each) => keyOf(each) === key);
    const parted = made.filter(isOther);
    const rest = made.filter((record) => !isOther(record));
    if (parted.length === 0) {
      throw notFound(`No record of "${id}" has the id "${other}"; "paper-search why ${id}" lists them.`);
    }
    if (rest.length === 0) {
      throw badRequest(`All records of "${id}" have the id "${other}". Without it, all of them are parted.`);
    }
    return { decisions: parted.flatMap((a) => rest.map((b) => decision('apart', a, b))), touched: made };
  });
}

/**
 * Makes one paper of two, now and in later ingests.
 * @throws PaperSearchError NOT_FOUND when the index has no such paper; BAD_REQUEST when both are one already or the
 *   index keeps duplicates; INDEX_MISSING, and what `ingest` throws.
 */
export async function joinPapers(id: string, other: string, options: Options = {}): Promise<DecisionReport> {
  return decide(options, (records, earlier, index) => {
    const [made, others] = [
      recordsOf(id, records, earlier, index),
      recordsOf(other, records, earlier, index),
    ];
    if (made[0] === others[0]) throw badRequest(`"${id}" and "${other}" are one paper already.`);
    // Every pair, so that earlier decisions that kept them apart no longer hold.
    const pairs = made.flatMap((a) => others.map((b) => decision('together', a, b)));
    return { decisions: pairs, touched: [...made, ...others] };
  });
}

/** Adds decisions, and says which papers the records make then. */
async function decide(
  options: Options,
  make: (
    records: RecordSet,
    earlier: EarlierPapers,
    index: string,
  ) => { readonly decisions: readonly MergeDecision[]; readonly touched: readonly SourceRecord[] },
): Promise<DecisionReport> {
  const index = options.index ?? 'index';
  if ((await currentSnapshot(index)) === undefined) throw missingIndex(index);
  const { snapshot, assembled, result } = await updateIndex(
    options,
    async (records, { earlier, decide: add, keepsDuplicates }) => {
      if (keepsDuplicates) {
        throw badRequest(
          `"${index}" keeps every record as a separate paper: ingest with --no-keep-duplicates first.`,
        );
      }
      const { decisions, touched } = make(records, earlier, index);
      add(decisions);
      return new Set(touched);
    },
  );
  const ids = [...assembled.groups].filter((group) => group.records.some((record) => result.has(record)));
  return { index, snapshot, ids: ids.map(({ id }) => id), papers: assembled.papers.length };
}

/** The records of the paper with an id or alias, in whatever way the id is written. */
function recordsOf(id: string, records: RecordSet, earlier: EarlierPapers, index: string): SourceRecord[] {
  const key = keyOf(id);
  const isMeant = (known: string) => known === id || keyOf(known) === key;
  const exact = docWhere(earlier, (paper) => paper.id === id || paper.aliases.includes(id));
  const doc = exact >= 0 ? exact : docWhere(earlier, (paper) => [paper.id, ...paper.aliases].some(isMeant));
  if (doc < 0) throw notFound(`There is no paper "${id}" in "${index}". Nothing was changed.`);
  return records.ofEarlier(doc);
}

/** The position of the first paper that is meant; -1 without one. */
function docWhere(earlier: EarlierPapers, isMeant: (paper: EarlierPaper) => boolean): number {
  for (let doc = 0; doc < earlier.length; doc++) if (isMeant(earlier.at(doc)!)) return doc;
  return -1;
}

/** An id as ids are compared; the versions of an arXiv paper are one. */
function keyOf(id: string): string {
  const key = identifierKey(id);
  return withoutVersion(key) ?? key;
}

function decision(kind: MergeDecision['kind'], a: SourceRecord, b: SourceRecord): MergeDecision {
  return { kind, records: [refOf(a.keys), refOf(b.keys)] };
}

function notFound(message: string): PaperSearchError {
  return new PaperSearchError('NOT_FOUND', message);
}

function badRequest(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
