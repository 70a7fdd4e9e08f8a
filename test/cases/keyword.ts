import { paperOf } from '../support/papers.ts';

/** A corpus so small that every answer can be worked out by hand. All keyword engines are tested with these cases. */
export const KEYWORD_PAPERS = [
  paperOf({
    title: 'Self-Improvement in Language Models',
    abstract: 'We sharpen a model.',
    authors: ['Audrey Huang'],
  }),
  paperOf({
    title: 'Learning Dynamics',
    abstract: 'A model learns.',
    keywords: ['finetuning'],
    venue: 'ICLR',
  }),
  paperOf({
    title: 'Databases',
    abstract: 'Self improvement of data bases in C++ by 15.6%.',
    authors: ['Jörg Müller'],
  }),
];

/** A query, and the positions of the papers that match it, best first. */
export const KEYWORD_CASES: readonly (readonly [what: string, query: string, docs: readonly number[]])[] = [
  ['the title', 'learning dynamics', [1]],
  ['the abstract', 'sharpening', [0]],
  ['authors, accents folded', 'jorg muller', [2]],
  ['keywords', 'finetuning', [1]],
  ['venue', 'ICLR', [1]],
  ['a programming language', 'C++', [2]],
  ['a percentage with its sign', '15.6%', [2]],
  ['a percentage without', '15.6', [2]],
  ['nothing but stop words', 'what is the', []],
  ['an unknown word', 'zebra', []],
  ['no words', '', []],
  ['a compound', 'self-improvement', [0, 2]],
  ['a compound in two words', 'self improvement', [0, 2]],
  ['a compound in one', 'selfimprovement', [0, 2]],
  ['a compound with another hyphen', 'Self‑Improvement', [0, 2]],
  ['a solid word that the corpus writes as two', 'learningdynamics', [1]],
  ['a solid word that the corpus writes so too', 'databases', [2]],
];

/** A query, and its text after solid words were split as the corpus splits them. */
export const SPLIT_CASES: readonly (readonly [query: string, split: string])[] = [
  ['selfimprovement', 'self-improvement'],
  ['On selfimprovement, briefly', 'On self-improvement, briefly'],
  ['self-improvement', 'self-improvement'],
  ['learningdynamics of models', 'learning dynamics of models'],
  ['databases', 'databases'],
  ['zebra', 'zebra'],
  ['ba'.repeat(4000), 'ba'.repeat(4000)],
];
