import { count, digits, table } from '../report/format.ts';
import { ASREVIEW } from './asreview.ts';
import type { ScreenedReview } from './collection.ts';
import { compare, corrected, type ReviewResult, resultsOf, type SystemRuns } from './comparison.ts';

/** What a report says beside its figures. */
export interface ReportFacts {
  /** ISO 8601 day. */
  readonly date: string;
  readonly command: string;
  /** Sentences on what was chosen on which reviews. */
  readonly chosenOn: string;
}

/**
 * The comparison as Markdown.
 * @param systems ASReview and at least one of ours; ours in the order of importance.
 */
export function reportOf(
  reviews: readonly ScreenedReview[],
  systems: readonly SystemRuns[],
  facts: ReportFacts,
): string {
  const results = new Map(systems.map((system) => [system.name, resultsOf(system, reviews)]));
  const asreview = systems.find(({ name }) => name === ASREVIEW)!;
  /** The results of ASReview with the seeds that a system has, by system. */
  const theirs = new Map(systems.map((each) => [each.name, resultsOf(asreview, reviews, each)]));
  const ours = systems.filter(({ name }) => name !== ASREVIEW && results.get(name)!.size > 0);
  return [
    '# Screening: our learner beside ASReview',
    'Question: how many papers of a finished systematic review have to be read until 95 % of its includes are found, if the next one is always the one that the learner ranks first?',
    `    ${facts.command}`,
    `${facts.date}. ASReview with its default model (ELAS u4: TF-IDF of one and two words, linear SVM), through its own simulation. Both start from the same two known papers, one include and one exclude, drawn by seed (\`runs/priors.json\`), rank again after each label, and stop when all includes are found. The raw orders of reading are in \`scripts/bench/screening/runs/\`; this page is written from them, with \`--kept\`.`,
    facts.chosenOn,
    '## Systems',
    systemTable(systems, results),
    ...unfinished(reviews, ours, results),
    '## Over the reviews',
    'Each review counts once. "Ratio" divides the papers read to 95 % by those of ASReview, medians over the seeds that both have: below 1, ours reads less. p: paired randomisation test over reviews of the means over seeds, two-sided and exact, corrected for the number of rows (Holm).',
    overall(ours, results, theirs),
    '## Papers read until 95 % of the includes are known',
    'Share of the pool, known papers counted: median over seeds (least to most), and the ratio to ASReview.',
    shares(reviews, ours, results, theirs),
    '## Measures of ASReview',
    'Means over seeds, as asreview and asreview-insights define them: without the known papers. Loss and ATD (average time to discovery, in papers): less is better. WSS@95 and RRF@10: more is better.',
    measures(reviews, ours[0], results, theirs),
  ].join('\n\n');
}

type Results = ReadonlyMap<string, ReadonlyMap<string, ReviewResult>>;

function systemTable(systems: readonly SystemRuns[], results: Results): string {
  const rows = systems.map(({ name, says, runs }) => {
    const of = [...results.get(name)!.values()];
    const seeds = of.map((result) => result.seeds);
    const range = seeds.length === 0 ? '0' : [...new Set([Math.min(...seeds), Math.max(...seeds)])].join('–');
    const versions = [...new Set(runs.map(({ version }) => version))].join(', ');
    return [name, says, versions, String(of.length), range];
  });
  return table(['system', 'what it uses', 'version', 'reviews', 'seeds'], rows);
}

/** Whether reviews or seeds are missing, which the reader has to know. */
function unfinished(
  reviews: readonly ScreenedReview[],
  ours: readonly SystemRuns[],
  results: Results,
): string[] {
  const known = [ASREVIEW, ...ours.filter((each) => each.known > 0).map(({ name }) => name)];
  const seeds = known.flatMap((name) =>
    reviews.map((review) => results.get(name)!.get(review.name)?.seeds ?? 0),
  );
  if (Math.min(...seeds) === Math.max(...seeds)) return [];
  return [
    'Runs are missing: some reviews have fewer seeds than others, or none. Each figure is over the runs that there are; the command does the others.',
  ];
}

function overall(ours: readonly SystemRuns[], results: Results, theirs: Results): string {
  const compared = ours.map(({ name }) => ({ name, ...compare(results.get(name)!, theirs.get(name)!) }));
  const pLoss = corrected(compared.map(({ loss }) => loss.p));
  const pShare = corrected(compared.map(({ share }) => share.p));
  const head = [
    'system',
    'reviews',
    'median share to 95 %',
    'ASReview',
    'median ratio',
    'worst ratio',
    'mean loss',
    'ASReview',
    'p',
    'mean share',
    'ASReview',
    'p',
  ];
  const rows = compared.map((each, i) => [
    each.name,
    String(each.reviews),
    percent(each.ours),
    percent(each.theirs),
    each.medianRatio.toFixed(2),
    `${each.worstRatio.toFixed(2)} (${each.worstReview})`,
    each.loss.ours.toFixed(4),
    each.loss.theirs.toFixed(4),
    digits(pLoss[i]!),
    percent(each.share.ours),
    percent(each.share.theirs),
    digits(pShare[i]!),
  ]);
  return table(head, rows);
}

function shares(
  reviews: readonly ScreenedReview[],
  ours: readonly SystemRuns[],
  results: Results,
  theirs: Results,
): string {
  const head = ['review', 'papers', 'includes', 'ASReview', ...ours.map(({ name }) => name)];
  const rows = reviews.map((review) => {
    const all = results.get(ASREVIEW)!.get(review.name);
    const cells = ours.map(({ name }) => {
      const result = results.get(name)!.get(review.name);
      const other = theirs.get(name)!.get(review.name);
      if (!result) return '–';
      const ratio = other ? `, ×${(result.shareTo95.median / other.shareTo95.median).toFixed(2)}` : '';
      return `${spread(result)}${ratio}`;
    });
    return [...described(review), all ? spread(all) : '–', ...cells];
  });
  return table(head, rows);
}

function measures(
  reviews: readonly ScreenedReview[],
  ours: SystemRuns | undefined,
  results: Results,
  theirs: Results,
): string {
  const shown = [
    ['loss', 'loss', 4],
    ['wss95', 'WSS@95', 3],
    ['rrf10', 'RRF@10', 3],
    ['atd', 'ATD', 0],
    ['ndcg', 'nDCG', 3],
  ] as const;
  const head = ['review', ...shown.flatMap(([, label]) => [`${label} ASReview`, ours?.name ?? 'ours'])];
  const rows = reviews.map(({ name }) => {
    const pair = ours
      ? [theirs.get(ours.name)!.get(name), results.get(ours.name)!.get(name)]
      : [results.get(ASREVIEW)!.get(name), undefined];
    return [
      name,
      ...shown.flatMap(([key, , places]) =>
        pair.map((result) => (result ? result.mean[key].toFixed(places) : '–')),
      ),
    ];
  });
  return table(head, rows);
}

function described({ name, ids, truth }: ScreenedReview): string[] {
  return [name, count(ids.length), count(truth.reduce((sum, value) => sum + value, 0))];
}

function spread({ shareTo95: { median, least, most } }: ReviewResult): string {
  return `${percent(median)} (${percent(least)}–${percent(most)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
