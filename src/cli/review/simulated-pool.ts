import { PaperSearchError } from '../../errors.ts';
import { currentSnapshot } from '../../indexes/store/snapshot-reader.ts';
import { readRecords } from '../../ingest/read-records.ts';
import { OpenPools } from '../../review/open-pools.ts';
import type { PoolContent } from '../../review/pool/files.ts';
import type { PooledPaper } from '../../review/pool/pool.ts';
import { takePool } from '../../review/pool/take.ts';
import { newProtocol } from '../../review/protocol.ts';
import { matchLabels, readLabels } from '../../review/records/records.ts';
import { Reviews } from '../../review/reviews.ts';
import { includedBy, type LabelledPool, labelledPool } from '../../review/simulate/labelled-pool.ts';
import { ReviewStore } from '../../review/store.ts';
import { withSnapshot } from '../open-engine.ts';
import type { Place } from '../place.ts';
import { isFile, readInput } from './files.ts';
import { reviewIdOf } from './open-reviews.ts';

/** Which papers are screened in a simulation, and how it is known what was included. */
export interface PoolSource {
  /** A file of papers, the folder of an index, or a review of the place. */
  readonly pool: string;
  /** A file of labels. Default: what a review decided. */
  readonly labels?: string | undefined;
  /** The query of a file of judgments. */
  readonly query?: string | undefined;
  readonly keywordOnly: boolean;
  /** What the papers of an index should answer; the learner is given the scores of a search for it. */
  readonly question?: string | undefined;
}

/**
 * Reads the papers and labels of a simulation.
 * @param onNotice is called with what the user should know: labels without papers, papers without labels.
 * @throws PaperSearchError BAD_REQUEST when it is not known what was included; NOT_FOUND for a pool that is neither a file, an
 *   index nor a review; and what reading these throws.
 */
export async function readSimulatedPool(
  { pool, labels, query, keywordOnly, question = '' }: PoolSource,
  place: Place,
  onNotice: (notice: string) => void,
): Promise<LabelledPool> {
  const isPapers = await isFile(pool);
  const isIndex = !isPapers && (await currentSnapshot(pool)) !== undefined;
  if (labels === undefined && (isPapers || isIndex)) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${pool}" does not say what was included. Name a file that does: --labels FILE.`,
    );
  }
  if (question !== '' && !isIndex) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      '--question is for the folder of an index: a review has its own question, and a file of papers cannot be searched.',
    );
  }
  const { content, decided } = isPapers
    ? { content: await fileContent(pool, onNotice), decided: undefined }
    : isIndex
      ? { content: await indexContent(pool, question, keywordOnly), decided: undefined }
      : await reviewContent(pool, place, labels === undefined);
  const included = decided ?? (await labelsOf(labels!, query, content, onNotice));
  const labelled = labelledPool(content, included, keywordOnly);
  if (labelled.unlabelled > 0) {
    const { unlabelled } = labelled;
    onNotice(
      `${unlabelled} ${unlabelled === 1 ? 'paper has' : 'papers have'} no label and ${unlabelled === 1 ? 'is' : 'are'} left out.`,
    );
  }
  if (isPapers && !keywordOnly) {
    onNotice(
      'The learner uses words only: a file has no vectors. Ingest it and name the folder of the index.',
    );
  }
  return labelled;
}

async function fileContent(file: string, onNotice: (notice: string) => void): Promise<PoolContent> {
  const papers = new Map<string, PooledPaper>();
  let repeated = 0;
  const { rejected } = await readRecords([{ file, named: true }], {}, (paper) => {
    if (papers.has(paper.id)) repeated++;
    else papers.set(paper.id, { paper, records: 1, removed: false });
    return undefined;
  });
  if (rejected.length > 0)
    onNotice(`${rejected.length} records of ${file} cannot be read: ${rejected[0]!.reason}`);
  if (repeated > 0) onNotice(`${repeated} records of ${file} are of papers that were read before.`);
  return { papers: [...papers.values()] };
}

function indexContent(index: string, question: string, keywordOnly: boolean): Promise<PoolContent> {
  const protocol = newProtocol({ ...(question !== '' && { question }), keywordOnly });
  return withSnapshot({ index }, (snapshot) => takePool(snapshot, {}, protocol));
}

/** The papers of a review, with its decisions as labels unless a file has them. */
async function reviewContent(name: string, { index }: Place, wantDecisions: boolean) {
  const store = new ReviewStore(index);
  const reviews = new Reviews(store);
  const id = await reviewIdOf(reviews, name).catch((error: unknown) => {
    if (!(error instanceof PaperSearchError) || error.code !== 'NOT_FOUND') throw error;
    const message = `"${name}" is neither a file of papers nor the folder of an index. ${error.message}`;
    throw new PaperSearchError('NOT_FOUND', message, { details: { ...error.details } });
  });
  const { state } = await store.get(id);
  const { pool } = await new OpenPools().current(store.folderOf(id), state);
  if (!wantDecisions) return { content: pool, decided: undefined };
  const { all } = await reviews.whole(id);
  const decided = new Map(
    all.flatMap(({ paper, abstract }) =>
      abstract === 'include' || abstract === 'exclude' ? [[paper.id, abstract === 'include'] as const] : [],
    ),
  );
  return { content: pool, decided };
}

async function labelsOf(
  file: string,
  query: string | undefined,
  { papers }: PoolContent,
  onNotice: (notice: string) => void,
): Promise<ReadonlyMap<string, boolean>> {
  const read = await readLabels(await readInput(file), file, { query });
  const matched = matchLabels(
    read,
    papers.map(({ paper }) => paper),
  );
  const { unmatched, problems } = matched;
  if (unmatched.length > 0) {
    const [{ identifiers, title, place }] = unmatched as [(typeof unmatched)[number]];
    const first = `${identifiers[0] ?? `"${title}"`}, record ${place.record}`;
    onNotice(`${unmatched.length} labels of ${file} are of papers that are not in the pool: ${first}.`);
  }
  if (problems.length > 0) onNotice(`${problems.length} problems in ${file}: ${problems[0]!.reason}`);
  return includedBy(
    matched,
    read.othersExcluded,
    papers.map(({ paper }) => paper.id),
  );
}
