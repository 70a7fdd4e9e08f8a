import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { toCsv } from '../../../papers/write/csv.ts';
import type { WholePaper, WholeReview } from '../../service.ts';
import { countingAt, labelOf, outcomeOf } from '../export/outcome.ts';
import { withDatabase } from './database.ts';
import { DEFAULT_MODEL, TABLES } from './tables.ts';

/** Name of the data file in the project. */
const DATA_FILE = 'papers.csv';
/** What our labels say about the model; ASReview takes a label without one for prior knowledge. */
const MODEL = 'paper-search';

/**
 * The review as an ASReview project (`.asreview`, version 3 of the format, which ASReview 3 opens and continues): the
 * papers, the decisions by title and abstract as labels, in the order of the decisions, and the ranking of unread papers.
 * Papers without a final decision have no label. Notes are those of reviewers, after the reasons.
 * @param papers in the order of the data file.
 */
export async function asreviewProject(
  whole: WholeReview,
  papers: readonly WholePaper[],
): Promise<Uint8Array> {
  const csv = toCsv(
    papers.map(({ paper }) => paper),
    { pmid: ({ externalIds }) => externalIds.pmid },
  );
  const dataset = createHash('sha256').update(csv).digest('hex').slice(0, 32);
  const results = resultsOf(papers);
  const { bytes } = await withDatabase(undefined, (database) => {
    database.execute(TABLES);
    database.insert(
      `INSERT INTO record (record_id, dataset_row, dataset_id, title, abstract, authors, keywords, year, doi, url)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      papers.map(({ paper }, row) => [
        ...[row, row, dataset, paper.title, paper.abstract],
        ...[JSON.stringify(paper.authors), JSON.stringify(paper.keywords)],
        ...[paper.year ?? null, paper.externalIds.doi ?? null, paper.urls.landing ?? null],
      ]),
    );
    database.insert(
      `INSERT INTO results (record_id, label, classifier, querier, feature_extractor, training_set, time, note)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      results,
    );
    database.insert(
      `INSERT INTO last_ranking (record_id, ranking, classifier, querier, feature_extractor, training_set, time)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      rankingOf(papers).map((row, ranking) => [
        ...[row, ranking, MODEL, 'max', MODEL, results.length],
        secondsOf(whole.changedAt),
      ]),
    );
  });
  const config = {
    version: '3.0.0',
    id: whole.id,
    mode: 'oracle',
    name: whole.name,
    description: whole.protocol.question,
    created_at_unix: Math.floor(secondsOf(whole.createdAt)),
    feature_matrices: [],
    tags: null,
    project_file_version: 3,
    datasets: [{ id: dataset, name: DATA_FILE }],
    review: { status: 'review', model: DEFAULT_MODEL },
  };
  const files = {
    'project.json': strToU8(JSON.stringify(config)),
    [`data/${DATA_FILE}`]: strToU8(csv),
    // ASReview writes into it, and does not make it.
    'feature_matrices/': new Uint8Array(),
    'results.db': bytes,
  };
  return zipSync(files, { mtime: new Date(whole.changedAt) });
}

/** Rows of the table of results, in the order in which the papers were decided. */
function resultsOf(papers: readonly WholePaper[]): (number | string | null)[][] {
  const labelled = papers.flatMap((whole, row) => {
    const label = labelOf(whole);
    const { at, reasons, notes } = outcomeOf(whole, 'abstract');
    const last = countingAt(whole, 'abstract').labels.at(-1);
    return label === undefined ? [] : [{ row, label, at, reasons, notes, chosenBy: last?.chosenBy }];
  });
  const inOrder = labelled
    .map((each) => ({ ...each, time: each.at === undefined ? 0 : secondsOf(each.at) }))
    .sort((a, b) => a.time - b.time || a.row - b.row);
  return inOrder.map(({ row, label, time, reasons, notes, chosenBy }, trained) => {
    const text = [...reasons, ...notes].join('\n');
    const querier = chosenBy === 'rank' ? 'max' : chosenBy === 'random' ? 'random' : null;
    const model = querier === null ? null : MODEL;
    return [
      row,
      label,
      model,
      querier,
      model,
      querier === null ? null : trained,
      time,
      text === '' ? null : text,
    ];
  });
}

/** Rows of papers without a label: by rank, then those without one. */
function rankingOf(papers: readonly WholePaper[]): number[] {
  const rank = (row: number) => papers[row]!.rank ?? Number.MAX_SAFE_INTEGER;
  return papers
    .flatMap((whole, row) => (labelOf(whole) === undefined ? [row] : []))
    .sort((a, b) => rank(a) - rank(b) || a - b);
}

function secondsOf(at: string): number {
  return Date.parse(at) / 1000;
}
