import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LabelFile } from '../../../../src/review/records/labels/label-row.ts';
import { readLabels } from '../../../../src/review/records/labels/read-labels.ts';

const read = (text: string, file = 'labels.csv', query?: string): Promise<LabelFile> =>
  readLabels(new TextEncoder().encode(text), file, { query });
/** What a test looks at: stage is given where it is not the abstract. */
const short = ({ rows }: LabelFile) =>
  rows.map(({ stage, decision, by, reasons, note }) =>
    [stage === 'abstract' ? '' : stage, decision, by ?? '', reasons.join('+'), note]
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

describe('tables', () => {
  test.each([
    ['included', '1,0,-1,'],
    ['label_included', '1,0,,'],
    ['asreview_label', '1.0,0.0,,'],
    ['label', 'yes,no,,'],
    ['screening decision', 'Included,not relevant,not seen,'],
  ])('are read from the column %s', async (heading, cells) => {
    const rows = cells.split(',').map((cell, at) => `Paper of number ${at},10.1000/${at},${cell}`);
    const labels = await read(`title,doi,${heading}\n${rows.join('\n')}\n`);
    expect(labels.problems).toEqual([]);
    expect(labels.unlabelled).toBe(2);
    expect(
      labels.rows.map(({ decision, identifiers, title, place }) => ({ decision, identifiers, title, place })),
    ).toEqual([
      {
        decision: 'include',
        identifiers: ['doi:10.1000/0'],
        title: 'Paper of number 0',
        place: { file: 'labels.csv', line: 2, record: 1 },
      },
      {
        decision: 'exclude',
        identifiers: ['doi:10.1000/1'],
        title: 'Paper of number 1',
        place: { file: 'labels.csv', line: 3, record: 2 },
      },
    ]);
  });

  test('need no titles where they have identifiers', async () => {
    const labels = await read(
      'doi,pmid,openalex_id,label_included\nhttps://doi.org/10.1000/A,17,https://openalex.org/W5,1\n,18,,0\n',
    );
    expect(labels.rows.map(({ identifiers }) => identifiers)).toEqual([
      ['doi:10.1000/a', 'pmid:17', 'openalex:W5'],
      ['pmid:18'],
    ]);
  });

  test('have reasons, notes, reviewers, times and decisions by full text', async () => {
    const labels = await read(
      [
        'title,screening decision,screening reasons,screening note,screened by,screened at,full-text decision,full-text reasons',
        'A paper,include,,,Ama,2026-01-02T03:04:05Z,exclude,"wrong population; no, outcome"',
        'Another paper,maybe,,"ask Kofi, please",Ama,,,',
      ].join('\n'),
    );
    expect(short(labels)).toEqual([
      'include Ama',
      'full-text exclude Ama wrong population+no, outcome',
      'maybe Ama ask Kofi, please',
    ]);
    expect(labels.rows[0]!.at).toBe('2026-01-02T03:04:05Z');
  });

  test('say where a row cannot be read', async () => {
    const labels = await read(
      'title,included\nA paper,1\nA second,perhaps\n,1\nA third,0,too,many\nA fourth,0\n',
    );
    expect(short(labels)).toEqual(['include', 'exclude']);
    expect(labels.problems.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '3: "perhaps" is not a decision. Write include, exclude or maybe, or 1 or 0.',
      '4: It has a decision, but neither a title nor an identifier of a paper.',
      '5: Expected 2 cells, found 4: is a separator not quoted?',
    ]);
  });

  test('without decisions are refused with the columns that there are', async () => {
    await expect(read('title,doi\nA paper,10.1000/1\n')).rejects.toThrow(
      /no column says what was decided; the columns are "title", "doi"/,
    );
  });

  test('may be separated by tabs, gzipped, and begin with a byte-order mark', async () => {
    const bytes = gzipSync('\ufeffincluded\ttitle\r\n1\tÜber Studien\r\n');
    const labels = await readLabels(bytes, 'labels.tsv.gz');
    expect(labels.rows[0]).toMatchObject({ title: 'Über Studien', decision: 'include' });
  });
});

describe('Rayyan', () => {
  test('names each reviewer in the notes of a table', async () => {
    const note =
      '"RAYYAN-INCLUSION: {""Ama""=>""Included"", ""Kofi""=>""Excluded""} | RAYYAN-LABELS: later,RCT | RAYYAN-EXCLUSION-REASONS: wrong population,no control | USER-NOTES: {""Kofi""=>[""see table 2, please""]}"';
    const labels = await read(`key,title,notes\nrayyan-1,A paper,${note}\nrayyan-2,Another,\n`);
    expect(short(labels)).toEqual([
      'include Ama',
      'exclude Kofi wrong population+no control see table 2, please',
    ]);
    expect(labels.unlabelled).toBe(1);
  });

  test('has its notes under N1 in RIS', async () => {
    const ris = `TY  - JOUR
TI  - A paper
DO  - 10.1000/1
N1  - RAYYAN-INCLUSION: {"Ama"=>"Maybe"}
ER  - 

TY  - JOUR
TI  - Another
ER  - 
`;
    const labels = await read(ris, 'rayyan.ris');
    expect(short(labels)).toEqual(['maybe Ama']);
    expect(labels.rows[0]).toMatchObject({
      identifiers: ['doi:10.1000/1'],
      place: { file: 'rayyan.ris', line: 1, record: 1 },
    });
    expect(labels.unlabelled).toBe(1);
  });

  test('has its notes escaped where Zotero kept them', async () => {
    const ris =
      'TY  - JOUR\nTI  - A paper\nN1  - <p>RAYYAN-INCLUSION: {&quot;Ama&quot;=&gt;&quot;Included&quot;}</p>\nER  - \n';
    expect(short(await read(ris, 'zotero.ris'))).toEqual(['include Ama']);
  });

  test('has its notes in the field note of BibTeX', async () => {
    const bibtex = '@article{a, title = {A paper}, note = {RAYYAN-INCLUSION: {"Ama"=>"Excluded"}}}\n';
    expect(short(await read(bibtex, 'rayyan.bib'))).toEqual(['exclude Ama']);
  });
});

describe('ASReview', () => {
  const record = (title: string, ...notes: string[]) =>
    `TY  - JOUR\nTI  - ${title}\n${notes.map((note) => `N1  - ${note}\n`).join('')}ER  - \n\n`;

  test('has its label among the notes of RIS', async () => {
    const labels = await read(
      [
        record(
          'A',
          'ASReview_relevant',
          'asreview_note: "see \\"page\\" 2"',
          'asreview_time: "2026-01-02 03:04:05"',
        ),
        record('B', 'my note', 'ASReview_irrelevant', 'asreview_user_name: "Kofi"'),
        record('C', 'ASReview_not_seen'),
      ].join(''),
      'asreview.ris',
    );
    expect(short(labels)).toEqual(['include see "page" 2', 'exclude Kofi']);
    expect(labels.rows[0]!.at).toBe('2026-01-02 03:04:05');
    expect(labels.unlabelled).toBe(1);
  });

  test('without any label is refused', async () => {
    await expect(read(record('A', 'my note'), 'a.ris')).rejects.toThrow(/a.ris \(ris\) has no decisions/);
  });
});

describe('Covidence', () => {
  const table = 'Title,Authors,DOI,Notes,Tags\nA paper,"Doe, J",10.1000/1,Exclusion reason: Wrong dose; ,x\n';

  test.each([
    ['irrelevant', ['exclude Wrong dose']],
    ['select', ['include']],
    ['included', ['include', 'full-text include']],
    ['excluded', ['include', 'full-text exclude Wrong dose']],
    ['screen', []],
  ])('says by the name of its list what "%s" means', async (list, expected) => {
    expect(short(await read(table, `review_17_${list}_csv_20261130120000.csv`))).toEqual(expected);
  });
});

describe('judgments of a test collection', () => {
  const qrels = 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td3\t2\n';

  test('are read for one query, and exclude other papers', async () => {
    const labels = await read(qrels, 'test.tsv', 'q1');
    expect(labels.rows.map(({ identifiers, decision }) => [...identifiers, decision])).toEqual([
      ['d1', 'include'],
      ['d2', 'exclude'],
    ]);
    expect(labels.othersExcluded).toBe(true);
  });

  test('of several queries need one to be chosen', async () => {
    await expect(read(qrels, 'test.tsv')).rejects.toThrow(
      'test.tsv has judgments of 2 queries. Choose one of: q1, q2.',
    );
    await expect(read(qrels, 'test.tsv', 'q3')).rejects.toThrow('test.tsv has no query "q3"');
  });

  test('may have the columns of TREC, and broken rows', async () => {
    const labels = await read('1 0 d1 1\n1 0 d2 0\nnonsense\n', 'qrels.txt');
    expect(short(labels)).toEqual(['include', 'exclude']);
    expect(labels.problems).toMatchObject([{ line: 3 }]);
  });
});

describe('JSON', () => {
  test('has members named as columns', async () => {
    const labels = await read(
      '{"title": "A", "externalIds": {"pmid": "5"}, "included": true}\n{"title": "B", "label_included": 0}\n',
      'labels.jsonl',
    );
    expect(short(labels)).toEqual(['include']);
    expect(labels.rows[0]).toMatchObject({ identifiers: ['pmid:5'], place: { line: 1, record: 1 } });
    expect(labels.unlabelled).toBe(1);
  });

  test('that cannot be parsed names its line', async () => {
    await expect(read('{"title": "A", "included": 1}\n{"title"\n', 'labels.jsonl')).rejects.toThrow(
      /labels.jsonl:2 is not JSON/,
    );
  });
});

test('other files are refused', async () => {
  await expect(read('Once upon a time\nthere was a file.\n', 'story.txt')).rejects.toThrow(
    /story.txt is in no format with labels/,
  );
  await expect(readLabels(new Uint8Array([0x1f, 0x8b, 1, 2]), 'broken.csv.gz')).rejects.toThrow(
    /broken.csv.gz cannot be unpacked/,
  );
});
