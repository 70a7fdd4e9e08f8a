import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  goBack,
  MAX_AHEAD,
  moveOn,
  NO_PAPERS,
  type Queue,
  withSuggestions,
} from '../../../src/web/review/queue.ts';
import { suggestion } from './suggestions.ts';

const NONE: ReadonlySet<string> = new Set();
const queueOf = (...ids: string[]): Queue => {
  const [shown, ...ahead] = ids.map((id) => suggestion(id));
  return { shown, ahead };
};
const idsOf = ({ shown, ahead }: Queue) => [shown, ...ahead].map((each) => each?.paper.id);

describe('the papers to judge', () => {
  test('the first suggestion is shown, and the next ones wait', () => {
    expect(
      idsOf(
        withSuggestions(
          NO_PAPERS,
          ['a', 'b'].map((id) => suggestion(id)),
          NONE,
        ),
      ),
    ).toEqual(['a', 'b']);
  });

  test('new suggestions come first, but never replace the paper on the screen', () => {
    const next = withSuggestions(
      queueOf('a', 'b', 'c'),
      ['c', 'd', 'a'].map((id) => suggestion(id)),
      NONE,
    );
    expect(idsOf(next)).toEqual(['a', 'c', 'd', 'b']);
  });

  test('judged papers do not come back, though the server did not know it yet', () => {
    const next = withSuggestions(
      queueOf('b', 'c'),
      ['a', 'd'].map((id) => suggestion(id)),
      new Set(['a', 'c']),
    );
    expect(idsOf(next)).toEqual(['b', 'd']);
  });

  test('papers that others have judged leave the queue when the server has named all that are left', () => {
    expect(idsOf(withSuggestions(queueOf('a', 'b', 'c'), [suggestion('c')], NONE, true))).toEqual(['a', 'c']);
  });

  test('after a decision, the next paper is shown; after the last, none', () => {
    expect(idsOf(moveOn(queueOf('a', 'b')))).toEqual(['b']);
    expect(moveOn(queueOf('a'))).toEqual({ shown: undefined, ahead: [] });
  });

  test('a paper that is shown again comes before the one on the screen', () => {
    expect(idsOf(goBack(queueOf('b', 'c'), suggestion('a')))).toEqual(['a', 'b', 'c']);
    expect(idsOf(goBack(queueOf('b', 'a', 'c'), suggestion('a')))).toEqual(['a', 'b', 'c']);
    expect(idsOf(goBack(NO_PAPERS, suggestion('a')))).toEqual(['a']);
  });

  test('no paper is ever twice in the queue, and it stays short', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 50 });
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (first, second, isAll) => {
        const suggestions = (each: string[]) => each.map((id) => suggestion(id));
        const judged = new Set(first.slice(0, 3));
        const queue = withSuggestions(
          withSuggestions(NO_PAPERS, suggestions(first), NONE),
          suggestions(second),
          judged,
          isAll,
        );
        const all = queue.shown ? idsOf(queue) : [];
        expect(new Set(all).size).toBe(all.length);
        expect(queue.ahead.length).toBeLessThanOrEqual(MAX_AHEAD);
      }),
    );
  });
});
