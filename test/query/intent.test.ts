import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../src/query/intent.ts';

describe('contentOf', () => {
  test.each([
    ['papers about self-improvement', 'self-improvement'],
    ['Papers on self-improvement?', 'self-improvement'],
    ['show me work on self-improvement', 'self-improvement'],
    ['Could you please find me some recent papers about reward hacking', 'reward hacking'],
    ["I'm looking for research on causal reasoning", 'causal reasoning'],
    ['I am looking for causal reasoning', 'causal reasoning'],
    ['are there any papers that discuss hallucination?', 'hallucination'],
    ['which papers study fine-tuning?', 'fine-tuning'],
    ['what are counterfactuals?', 'counterfactuals'],
    ['What is the sharpening mechanism?', 'sharpening mechanism'],
    ['self-improvement papers', 'self-improvement'],
    ['tell me about learning dynamics', 'learning dynamics'],
    ['give me everything on LLMs, please', 'LLMs'],
    ['what papers are there about DPO', 'DPO'],
    ['a paper on attention', 'attention'],
    ['papers that are related to robustness', 'robustness'],
    ['papers on the topic of reward hacking', 'reward hacking'],
    ['can you recommend a paper about RLHF', 'RLHF'],
    ['papers by Chelsea Finn', 'Chelsea Finn'],
    ['show me all recent papers written by Chelsea Finn', 'Chelsea Finn'],
    ['are there any works by Chelsea Finn?', 'Chelsea Finn'],
    ['which papers by Chelsea Finn', 'Chelsea Finn'],
    ['by Chelsea Finn', 'by Chelsea Finn'],
    // No filler: left alone.
    ['results by simulation', 'results by simulation'],
    ['Searching for Activation Functions', 'Searching for Activation Functions'],
    ['self-improvement', 'self-improvement'],
    ['citation analysis of research papers in biology', 'citation analysis of research papers in biology'],
    ['how do models verify their own outputs', 'how do models verify their own outputs'],
    ['attention is all you need', 'attention is all you need'],
    ['paper recycling', 'paper recycling'],
    ['search engines for science', 'search engines for science'],
    // Only filler: better than nothing.
    ['papers about', 'papers about'],
    ['papers', 'papers'],
    ['  ', ''],
  ])('%s', (question, content) => {
    expect(contentOf(question)).toBe(content);
  });

  test('returns an empty text only for a blank one, and leaves its own result unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const content = contentOf(text);
        expect(content === '').toBe(text.trim() === '');
        expect(contentOf(content)).toBe(content);
      }),
    );
  });
});
