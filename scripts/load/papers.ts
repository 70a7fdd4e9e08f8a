import { mulberry32, shuffled } from '../../src/util/random.ts';

/** A record in the format that the server takes. */
export interface LoadPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly keywords: readonly string[];
  readonly venue: string;
  readonly year: number;
  /** A word that no other paper contains. */
  readonly mark: string;
}

const SEED = 20261122;
const TOPICS = [
  'graph neural networks',
  'protein folding',
  'machine translation',
  'reinforcement learning',
  'speech recognition',
  'question answering',
  'image segmentation',
  'program synthesis',
  'weather forecasting',
  'recommender systems',
];
const METHODS = [
  'contrastive learning',
  'Monte Carlo tree search',
  'sparse attention',
  'Bayesian optimisation',
  'knowledge distillation',
  'self-improvement',
  'curriculum learning',
  'gradient clipping',
];
const CLAIMS = [
  'We find that larger models need fewer examples.',
  'Our method halves the cost of training without a loss of accuracy.',
  'A simple baseline turns out to be hard to beat.',
  'The benefit is largest where labels are few.',
  'Experiments on three benchmarks agree with the theory.',
  'We give the first bound that does not depend on the dimension.',
];
const AUTHORS = ['Ada Beispiel', 'Juan Ejemplo', 'Jean Exemple', 'Ann Instance', 'Piet Voorbeeld'];

/** The n-th paper: always the same, of few words that many papers share, and a unique one. */
export function paper(n: number): LoadPaper {
  const random = mulberry32(SEED + n);
  const [topic, other] = shuffled(TOPICS, random) as [string, string];
  const [method] = shuffled(METHODS, random) as [string];
  const mark = `mark${letters(n)}`;
  return {
    id: `load-${n}`,
    title: `${capital(method)} for ${topic} ${mark}`,
    abstract: `We study ${topic} with ${method}. ${shuffled(CLAIMS, random).slice(0, 2).join(' ')} It helps ${other}, too.`,
    authors: shuffled(AUTHORS, random).slice(0, 2),
    keywords: [topic, method],
    venue: n % 2 === 0 ? 'Proceedings of Examples' : 'Journal of Instances',
    year: 2015 + (n % 10),
    mark,
  };
}

/** Queries: topics, methods, both, questions; with words that papers contain and words that no paper contains. */
export function questions(): string[] {
  return TOPICS.flatMap((topic, i) => [
    topic,
    `papers about ${METHODS[i % METHODS.length]}`,
    `${METHODS[(i + 3) % METHODS.length]} ${topic}`,
    `how can ${topic} do with less data`,
  ]);
}

/** Papers as a file of JSON Lines. */
export function asLines(papers: readonly LoadPaper[]): string {
  return papers.map(({ mark: _, ...record }) => `${JSON.stringify(record)}\n`).join('');
}

/** A number written in letters: tokenizers do not split it, and stemmers find no ending. */
function letters(n: number): string {
  return String(n).replace(/\d/g, (digit) => 'bdfgkmpxzq'[Number(digit)]!);
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
