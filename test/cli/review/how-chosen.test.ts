import { expect, test } from 'vitest';
import { howChosen } from '../../../src/cli/review/how-chosen.ts';
import { ADA, beesAndWasps, reviewed } from '../../review/world.ts';

test('the next paper was chosen by rank, by any of its identifiers, and another one was looked for', async () => {
  const { reviews, id } = await reviewed();
  const [next, second] = await reviews.next(id, ADA, { count: 2 });
  const { rank, model } = next!;
  const byRank = { chosenBy: 'rank', rank, model };
  expect(await howChosen(reviews, id, next!.paper.id, 'abstract', ADA)).toEqual(byRank);
  const doi = `doi:${next!.paper.externalIds.doi}`;
  expect(await howChosen(reviews, id, doi, 'abstract', ADA)).toEqual(byRank);
  expect(await howChosen(reviews, id, second!.paper.id, 'abstract', ADA)).toEqual({ chosenBy: 'search' });

  const { label } = await reviews.label(
    id,
    { paper: doi, decision: 'include', ...byRank, chosenBy: 'rank' },
    ADA,
  );
  expect(label).toMatchObject({ chosenBy: 'rank', rank: 1, model });
  // A decision that is changed was not suggested.
  expect(await howChosen(reviews, id, doi, 'abstract', ADA)).toEqual({ chosenBy: 'search' });
  const fullText = await howChosen(reviews, id, doi, 'full-text', ADA);
  expect(fullText).toMatchObject({ chosenBy: 'rank', rank: 1 });
  await expect(howChosen(reviews, id, 'nothing', 'abstract', ADA)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a paper that is drawn at random is not one by rank', async () => {
  const { reviews, id } = await reviewed(beesAndWasps(), { randomEvery: 1 });
  const [next] = await reviews.next(id, ADA);
  expect(await howChosen(reviews, id, next!.paper.id, 'abstract', ADA)).toMatchObject({ chosenBy: 'random' });
});
