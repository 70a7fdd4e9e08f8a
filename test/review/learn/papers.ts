import type { LearnerInput } from '../../../src/review/learn/learner.ts';
import { mulberry32 } from '../../../src/util/random.ts';

const TOPICS = [
  ['statin', 'cholesterol', 'lipid', 'coronary', 'simvastatin', 'plaque'],
  ['nudge', 'physician', 'guideline', 'reminder', 'adherence', 'prompt'],
  ['software', 'architecture', 'agile', 'model', 'quality', 'teams'],
];
const COMMON = [
  'study',
  'patients',
  'results',
  'review',
  'of',
  'the',
  'randomized',
  'trial',
  'methods',
  'and',
];

/** Papers on three topics, in turn: row r is on topic r % 3. */
export function papers(size: number, seed = 1, withVectors = false): LearnerInput {
  const random = mulberry32(seed);
  const word = (topic: number) => {
    const from = random() < 0.4 ? TOPICS[topic]! : COMMON;
    return from[Math.floor(random() * from.length)]!;
  };
  const text = (topic: number, length: number) => Array.from({ length }, () => word(topic)).join(' ');
  const rows = Array.from({ length: size }, (_, row) => row % TOPICS.length);
  return {
    texts: {
      titles: rows.map((topic) => text(topic, 6)),
      abstracts: rows.map((topic) => text(topic, 40)),
    },
    ...(withVectors && { vectors: { values: vectors(rows, random), dimensions: 8 } }),
  };
}

function vectors(topics: readonly number[], random: () => number): Float32Array {
  const values = new Float32Array(topics.length * 8);
  topics.forEach((topic, row) => {
    const own = Array.from({ length: 8 }, (_, d) => random() - 0.5 + (d === topic ? 1 : 0));
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    own.forEach((value, d) => {
      values[row * 8 + d] = value / length;
    });
  });
  return values;
}
