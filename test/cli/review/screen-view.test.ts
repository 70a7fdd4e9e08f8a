import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { widthOf } from '../../../src/cli/review/marked-text.ts';
import { progressText } from '../../../src/cli/review/progress-text.ts';
import { type ScreenState, screenText } from '../../../src/cli/review/screen-view.ts';
import { kept, PROGRESS, PROTOCOL, suggestionOf } from './review-values.ts';

const plain = pc.createColors(false);
const STATE: ScreenState = {
  name: 'Gardens',
  protocol: PROTOCOL,
  stage: 'abstract',
  suggestion: suggestionOf(),
  progress: PROGRESS,
  reasons: [],
  note: '',
  showsWhy: false,
  showsDescriptions: false,
  message: '',
};

test('shows criteria above the abstract, marked words and the keys', () => {
  expect(screenText({ ...STATE, message: 'Included: Beds' }, 60, plain)).toMatchInlineSnapshot(`
    "Gardens: 12 of 30 abstracts read, 5 included
    Recall 83 % (52–100 %), about 7 more to read for 95 %. Stop
    for 95 %, by the rule safe
    ────────────────────────────────────────────────────────────
    Include: 1 garden
    Exclude: 2 adults, 3 no outcome

    A school garden
    Ann Lee · Plots 2021

    We compared a [+school garden] with none. [-Mice] were not
    asked.

    a (rank 1)

    Included: Beds
    i include  e exclude  m maybe  r reason  n note  u undo
    w why  c criteria  q quit"
  `);
});

test('shows criteria with descriptions beside the abstract in a wide terminal', () => {
  expect(screenText({ ...STATE, reasons: ['adults'], note: 'ask Bo' }, 120, plain)).toMatchInlineSnapshot(`
    "Gardens: 12 of 30 abstracts read, 5 included
    Recall 83 % (52–100 %), about 7 more to read for 95 %. Stop for 95 %, by the rule safe
    Do school gardens change what children eat?
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    A school garden                                                                     Include
    Ann Lee · Plots 2021                                                                1 garden: children grow food at
                                                                                          school
    We compared a [+school garden] with none. [-Mice] were not asked.                   Exclude
                                                                                        2 adults: over 18 years
    a (rank 1)                                                                          3 no outcome

    Reasons: adults
    Note: ask Bo
    i include  e exclude  m maybe  r reason  n note  u undo  w why  c criteria  q quit"
  `);
});

test('shows why a paper is suggested', () => {
  expect(screenText({ ...STATE, showsWhy: true, showsDescriptions: true }, 48, plain)).toMatchInlineSnapshot(`
    "Gardens: 12 of 30 abstracts read, 5 included
    Recall 83 % (52–100 %), about 7 more to read for
    95 %. Stop for 95 %, by the rule safe
    ────────────────────────────────────────────────
    Include
    1 garden: children grow food at school
    Exclude
    2 adults: over 18 years
    3 no outcome

    A school garden
    Ann Lee · Plots 2021

    We compared a [+school garden] with none.
    [-Mice] were not asked.

    a (rank 1)

    For: school garden
    Against: mice
    Most similar papers with a decision:
      included, 83 % similar: Gardens at ten schools

    i include  e exclude  m maybe  r reason  n note
    u undo  w why  c criteria  q quit"
  `);
});

test.each([20, 33, 80, 109, 110, 200])('fits into %i columns', (columns) => {
  const state = { ...STATE, showsWhy: true, reasons: ['adults'], message: 'Excluded: 学校菜園の研究' };
  for (const styles of [plain, pc.createColors(true)]) {
    for (const line of screenText(state, columns, styles).split('\n'))
      expect(widthOf(line), stripVTControlCharacters(line)).toBeLessThanOrEqual(columns);
  }
});

test('prints nothing that a terminal obeys', () => {
  const hostile = suggestionOf(kept('x\x1b[2J', 'A \x1b]0;title\x07 paper', 'B\x1b[31m'));
  const nearest = [{ id: 'y', title: 'C\x1b[2J', included: true, similarity: 1 }];
  const state = { ...STATE, showsWhy: true, note: '\x1b[1m', message: '\x1b[2J' };
  const suggestion = { ...hostile, reasons: { ...hostile.reasons, spans: [], nearest } };
  expect(screenText({ ...state, suggestion }, 80, plain)).not.toContain('\x1b');
});

test('shows LaTeX as it is read', () => {
  const suggestion = suggestionOf(kept('a', 'On $\\alpha$-carotene', 'Mice and $\\beta$ mice'));
  const text = screenText({ ...STATE, suggestion }, 80, plain);
  expect(text).toContain('On α-carotene');
  expect(text).toContain('[-Mice] and β [-mice]');
});

test('says how far a review has come, with a curve', () => {
  expect(progressText(PROGRESS, 60)).toMatchInlineSnapshot(`
    "Abstracts: 30 papers: 12 read (5 included, 6 excluded, 1 conflict), 18 unread
    You: 12 read, 5 included, 1 maybe

    Recall 83 % (52–100 %), about 7 more to read for 95 %.
    Includes not seen yet: about 1 (0–5).
    go on  hypergeometric (risk 31 %): The recall may be below 95 %.
    stop  safe: The last 10 papers were excluded.

    Recall by papers read (* estimate, : 95 % interval, - target)
     100 % |      :::::::::::::::
           |------:::::::::::::::-------------------------------
           |      ::::::::::::::*
           |      :::::::::::::::
           |      **************:
      50 % |      :::::::::::::::
           |      ::::::::::::::
           |      ::::::::::::::
           |
           |
       0 % |
           +----------------------------------------------------
            0                                                 30"
  `);
});

test('does not claim a recall before a paper is included', () => {
  const recall = {
    ...PROGRESS.recall,
    found: 0,
    recall: Number.NaN,
    rules: [],
    unseen: { estimate: Number.NaN, low: 0, high: 0 },
  };
  expect(progressText({ ...PROGRESS, recall, curve: [] }, 60)).toContain(
    'Recall: not known before a paper is included.',
  );
});
