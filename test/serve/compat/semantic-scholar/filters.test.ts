import { beforeAll, describe, expect, test } from 'vitest';
import { fieldsOfStudyOf } from '../../../../src/papers/semantic-scholar/fields-of-study.ts';
import type { Snapshot } from '../../../../src/search/engine.ts';
import { type FilterParameters, selectionOf } from '../../../../src/serve/compat/semantic-scholar/filters.ts';
import { publicationTypesOf } from '../../../../src/serve/compat/semantic-scholar/publication-types.ts';
import { paperOf } from '../../../support/papers.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';
import { SAMPLE } from './sample-corpus.ts';

let snapshot: Snapshot;
beforeAll(async () => {
  snapshot = (await snapshotOver(SAMPLE)).snapshot;
});

async function passing(parameters: FilterParameters): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of snapshot.papers({ ...selectionOf(parameters), order: 'index' })) ids.push(id);
  return ids;
}

const [G, O, S, U] = ['graphs', 'odd/id with "signs"', 'speech', 'undated'];

describe('selectionOf', () => {
  test.each<[FilterParameters, (string | undefined)[]]>([
    [{}, [G, O, S, U]],
    [{ year: '2019' }, [G]],
    [{ year: '2016-2020' }, [G]],
    [{ year: '2019-' }, [G, S]],
    [{ year: '-2019' }, [G, O]],
    [{ publicationDateOrYear: '2019-03-05:2019-03-05' }, [G]],
    [{ publicationDateOrYear: '2019-03-06:' }, [S]],
    [{ publicationDateOrYear: '2021-01-01:2021-01-01' }, [S]],
    [{ publicationDateOrYear: '2021-01-02:' }, []],
    [{ publicationDateOrYear: '2015-12-01' }, [O]],
    [{ publicationDateOrYear: ':2015' }, [O]],
    [{ venue: 'journal of speech' }, [S]],
    [{ venue: 'Journal of Speech,Conference on Parsing' }, [G, S]],
    [{ venue: 'Nature' }, []],
    [{ fieldsOfStudy: 'Computer Science' }, [G]],
    [{ fieldsOfStudy: 'physics,biology' }, [G, O]],
    [{ fieldsOfStudy: 'Art' }, []],
    [{ publicationTypes: 'Conference' }, [G]],
    [{ publicationTypes: 'JournalArticle,Conference' }, [G, S]],
    [{ publicationTypes: 'Review' }, []],
    [{ openAccessPdf: '' }, [G]],
    [{ openAccessPdf: 'true' }, [G]],
    [{ openAccessPdf: 'false' }, [G, O, S, U]],
    [{ minCitationCount: '0' }, [G, O, S, U]],
    [{ minCitationCount: '1' }, [G, O]],
    [{ minCitationCount: '2', year: '2019' }, [G]],
    [{ minCitationCount: '3' }, []],
    [{ year: '', venue: ' ', fieldsOfStudy: ',' }, [G, O, S, U]],
    [{ year: '2019-', venue: 'journal of speech', openAccessPdf: '' }, []],
  ])('%j', async (parameters, ids) => {
    expect(await passing(parameters)).toEqual(ids);
  });

  test.each<[FilterParameters, string]>([
    [{ year: 'recent' }, 'year=recent'],
    [{ year: '-' }, 'year=-'],
    [{ year: '2020-2019' }, 'year=2020-2019'],
    [{ publicationDateOrYear: '2020-40' }, 'publicationDateOrYear=2020-40'],
    [{ fieldsOfStudy: 'Biology,Alchemy' }, 'fieldsOfStudy=Alchemy'],
    [{ publicationTypes: 'Poem' }, 'publicationTypes=Poem'],
    [{ minCitationCount: '-1' }, 'minCitationCount=-1'],
  ])('refuses %j', async (parameters, named) => {
    await expect(passing(parameters)).rejects.toThrow(`Unacceptable query params: [${named}]`);
  });
});

test.each([
  [['cs.CL', 'cs.LG'], ['Computer Science']],
  [['math-ph'], ['Mathematics', 'Physics']],
  [
    ['physics.optics', 'q-bio.NC'],
    ['Physics', 'Biology'],
  ],
  [['LINGUISTICS'], ['Linguistics']],
  [['constructor', 'Deep learning'], []],
])('the categories %j are of the fields %j', (categories, fields) => {
  expect(fieldsOfStudyOf({ categories })).toEqual(fields);
});

test.each([
  [{ venue: 'Proceedings of X' }, ['Conference']],
  [{ venue: 'ICLR' }, ['Conference']],
  [{ venue: 'icon', urls: { landing: 'https://aclanthology.org/2020.icon-1.1' } }, ['Conference']],
  [{ session: { name: 'Talks' } }, ['Conference']],
  [{ venue: 'Transactions of X' }, ['JournalArticle']],
  [{ venue: 'Journal of Conference Papers' }, ['JournalArticle']],
  [{ venue: 'ICRA' }, []],
  [{ venue: 'arXiv' }, []],
  [{}, []],
])('%j is of the types %j', (fields, types) => {
  expect(publicationTypesOf(paperOf({ title: 'X', ...fields }))).toEqual(types);
});
