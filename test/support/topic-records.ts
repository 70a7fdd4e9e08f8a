import { mulberry32, shuffled } from '../../src/util/random.ts';

const VOCABULARY = Array.from(
  { length: 300 },
  (_, n) => `w${n.toString(26).replaceAll(/\d/g, (d) => 'qrstuvwxyz'[+d]!)}x`,
);

/** Makes records, the same ones at each call, whose titles and sentences have some words of a topic in common. */
export function topicRecords(seed = 7): (id: string) => TopicRecord {
  const random = mulberry32(seed);
  const draw = (words: readonly string[], count: number) => shuffled(words, random).slice(0, count);
  return (id) => {
    const topic = draw(VOCABULARY, 8);
    const sentence = () => `Paper ${[...draw(topic, 3), ...draw(VOCABULARY, 4)].join(' ')}.`;
    const keywords = [draw(topic, 2).join(' ')];
    return {
      id,
      title: draw(topic, 4).join(' '),
      abstract: [sentence(), sentence(), sentence()].join(' '),
      keywords,
    };
  };
}

interface TopicRecord {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: string[];
}
