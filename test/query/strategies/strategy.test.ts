import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/query/parser.ts';
import { printQuery } from '../../../src/query/printer.ts';
import { readStrategy } from '../../../src/query/strategies/strategy.ts';

const printed = (text: string) => {
  const strategy = readStrategy(text);
  return strategy && printQuery(strategy.query);
};
const messages = (text: string) => (readStrategy(text)?.query.notices ?? []).map(({ message }) => message);

/** A condition on one text in several fields, as it is printed. */
const inFields = (text: string, ...fields: string[]) =>
  fields.map((field) => `${field}:${text}`).join(' OR ');
const tiab = (text: string) => inFields(text, 'title', 'abstract');
const tw = (text: string) => inFields(text, 'title', 'abstract', 'keyword');

describe('PubMed', () => {
  test.each([
    ['"Thyroid Neoplasms"[MeSH] AND therapy[tiab]', `(${tw('(Thyroid Neoplasms)')}) (${tiab('therapy')})`],
    ['asthma[ti]', 'title:asthma'],
    ['asthma [Title/Abstract]', tiab('asthma')],
    ['"heart attack"[tiab]', tiab('"heart attack"')],
    ['heart attack[tiab]', tiab('"heart attack"')],
    ['“heart attack”[tiab]', tiab('"heart attack"')],
    ['"heart attack"[tiab:~2]', tiab('"heart attack"~2')],
    ['asthma*[tw]', tw('asthma*')],
    ['wheez*[tiab] or asthma[tiab]', `${tiab('wheez*')} OR ${tiab('asthma')}`],
    ['signs and symptoms[ti] AND pain[ti]', 'title:"signs and symptoms" title:pain'],
    ['(asthma OR wheeze)[ti] AND child', 'child AND (title:asthma OR title:wheeze)'],
    ['asthma[ti] OR wheeze[ti] AND child[ti]', '(title:asthma OR title:wheeze) title:child'],
    ['asthma[ti] AND wheeze[ti] OR child[ti]', 'title:asthma AND title:wheeze OR title:child'],
    ['asthma[ti] NOT wheeze[ti]', 'title:asthma -title:wheeze'],
    ['Smith JA[au] AND gene[ti]', 'author:Smith title:gene'],
    ['"Lancet"[journal] AND sepsis[ti]', 'venue:Lancet title:sepsis'],
    ['gene[ti] AND 2019[dp]', 'title:gene year:2019'],
    ['gene[ti] AND 2010:2020[dp]', 'title:gene year:2010..2020'],
    ['gene[ti] AND ("2010/01/01"[PDAT] : "2020/12/31"[PDAT])', 'title:gene year:2010..2020'],
    ['gene[ti] AND ("2015"[Date - Publication] : "3000"[Date - Publication])', 'title:gene year:2015..'],
    ['gene[ti] AND english[la] AND review[pt]', 'title:gene'],
    ['gene[ti] NOT (animals[mh] NOT humans[mh])', 'title:gene'],
    ['"Asthma/drug therapy"[Mesh:NoExp] AND gene[ti]', `(${tw('Asthma')}) title:gene`],
    ['31452104[pmid]', 'id:31452104'],
    ['"CD4/CD8 ratio"[ti] AND "AND"[ti]', 'title:"CD4/CD8 ratio" title:"AND"'],
    ['asthma[ti] wheeze[ti]', 'title:asthma title:wheeze'],
  ])('reads %s', (text, expected) => {
    expect(printed(text)?.split(' ').sort()).toEqual(expected.split(' ').sort());
    expect(readStrategy(text)!.dialect).toBe('pubmed');
  });
});

describe('Ovid', () => {
  test.each([
    ['(languag$ adj3 model$).tw.', `(${tw('languag*')}) (${tw('model*')})`],
    ['(language adj3 model).tw.', tw('"language model"~2')],
    ['language adj3 model.tw.', tw('"language model"~2')],
    ['(heart adj attack).ti.', 'title:"heart attack"'],
    ['((heart or cardiac) adj2 arrest).ti.', 'title:"heart arrest"~1 OR title:"cardiac arrest"~1'],
    ['heart attack.ti,ab.', tiab('"heart attack"')],
    ['asthma.ti,ab', tiab('asthma')],
    ['(asthma or wheez*).ti.', 'title:asthma OR title:wheez*'],
    ['exp Asthma/', tw('Asthma')],
    ['exp "Wounds and Injuries"/ and pain.ti.', `(${tw('(Wounds Injuries)')}) title:pain`],
    ['Wounds and Injuries/ and pain.ti.', `(${tw('(Wounds Injuries)')}) title:pain`],
    ['*Asthma/dt, th [Drug Therapy, Therapy] and pain.ti.', `(${tw('Asthma')}) title:pain`],
    [
      'Carcinoma, Non-Small-Cell Lung/ or nsclc.ti.',
      `${tw('(Carcinoma Non-Small-Cell Lung)')} OR title:nsclc`,
    ],
    ['(wom#n or colo?r or dog$1).ti.', 'title:wom* OR title:colo* OR title:dog*'],
    ['pain.ti. and exp animals/ not humans/', 'title:pain'],
    ['review.pt. and pain.ti.', 'title:pain'],
    ['pain.ti. and 2019.yr.', 'title:pain year:2019'],
    ['HIV/AIDS.ti.', 'title:HIV/AIDS'],
    ['pain.mp. not cancer.ti.', `(${tw('pain')}) -title:cancer`],
    ['smith.au. and pain.ti.', 'author:smith title:pain'],
    ['languag$ and model$', 'languag* model*'],
  ])('reads %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(readStrategy(text)!.dialect).toBe('ovid');
  });
});

describe('Cochrane and Embase', () => {
  test.each([
    ['(asthma or wheez*):ti,ab', `${tiab('asthma')} OR ${tiab('wheez*')}`],
    ['asthma:ti,ab,kw', tw('asthma')],
    ["'heart attack'/exp OR 'heart attack':ti", `${tw('(heart attack)')} OR title:"heart attack"`],
    ['MeSH descriptor: [Asthma] explode all trees', tw('Asthma')],
    ['[mh "Heart Failure"] or [mh ^Asthma]', `${tw('(Heart Failure)')} OR ${tw('Asthma')}`],
    ['(cancer near/3 therapy):ti', 'title:"cancer therapy"~2'],
    ['(cancer next therapy):ti,ab', tiab('"cancer therapy"')],
    [
      '((double OR single) NEXT/1 blind):ti,ab,tt',
      'title:"double blind" OR title:"single blind" OR abstract:"double blind" OR abstract:"single blind"',
    ],
    ['asthma:ti AND [english]/lim AND [2010-2020]/py', 'title:asthma year:2010..2020'],
  ])('reads %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(readStrategy(text)!.dialect).toBe('cochrane');
  });
});

const OVID_LINES = [
  '1. exp Asthma/',
  '2. wheez$.ti.',
  '3. or/1-2',
  '4. child$.ti.',
  '5. 3 and 4',
  '6. limit 5 to (english language and yr="2000 -Current")',
];
const ASTHMA_IN_CHILDREN = `(${tw('Asthma')} OR title:wheez*) title:child* year:2000..`;

describe('lines with numbers', () => {
  test.each([
    ['with full stops', OVID_LINES.join('\n')],
    ['without full stops', OVID_LINES.join('\n').replace(/^(\d)\./gm, '$1')],
    ['with numbers of results', OVID_LINES.map((line) => `${line}\t12,345`).join('\r\n')],
    ['in one line', OVID_LINES.join(' ')],
    [
      'below the name of a database',
      `Database: Ovid MEDLINE(R)\nSearch Strategy:\n\n${OVID_LINES.join('\n')}`,
    ],
    ['with a line that is broken', OVID_LINES.join('\n').replace('(english', '\n (english')],
  ])('are read %s', (_how, text) => expect(printed(text)).toBe(ASTHMA_IN_CHILDREN));

  test.each([
    ['#1 asthma[ti]\n#2 wheeze[ti]\n#3 #1 OR #2', 'title:asthma OR title:wheeze'],
    [
      '#3\tSearch (#1 AND #2)\t12\n#2\tSearch wheeze[ti]\t34\n#1\tSearch asthma[ti]\t5',
      'title:asthma title:wheeze',
    ],
    ['#1 asthma:ti,ab\n#2 pain:ti\n#3 {or #1-#2}', `${tiab('asthma')} OR title:pain`],
    ['1 asthma.ti.\n2 pain.ti.\n3 1 not 2', 'title:asthma -title:pain'],
    ['1 asthma\n2 pain\n3 1 and 2', 'asthma AND pain'],
    ['1 asthma.ti. 2 pain.ti. 3 1 or 2 1234', 'title:asthma OR title:pain'],
    ['1 asthma.ti.\n2 pain.ti.\n3 1 or  2', 'title:asthma OR title:pain'],
    ['1asthma.ti.\n2pain.ti.\n3gout.ti.\n41 or 2 or 3', 'title:asthma OR title:pain OR title:gout'],
    [
      '1opioid/exp\n2codeine/\n3OR/1–2\n4‘opiat* free’:ti\n53 AND 4',
      `(${tw('opioid')} OR ${tw('codeine')}) title:opiat* title:free`,
    ],
    [
      '1. "Quality Control"/st [Standards]\n2. QUALITY/\n3. and/1-2\n4. limit 3 to yr=1980 - 2005',
      `(${tw('(Quality Control)')}) (${tw('QUALITY')}) year:1980..2005`,
    ],
    ['1 or 2', 'id:"line 1" OR id:"line 2"'],
    ['or/1-5', 'id:"line 1-5"'],
    ['#1 AND #2', 'id:"line 1" id:"line 2"'],
    ['1 asthma.ti.\n2 1 or 7', 'title:asthma OR id:"line 7"'],
    ['1 asthma.ti.\n2 2 or 1', 'id:"line 2" OR title:asthma'],
    ['1 3 dimensional.ti.\n2 pain.ti.\n3 1 or 2', 'title:"3 dimensional" OR title:pain'],
  ])('%j', (text, expected) => expect(printed(text)).toBe(expected));

  test('say which lines the answer does not use', () => {
    expect(messages('1 asthma.ti.\n2 pain.ti.\n3 1').join()).toContain('pain.ti.: the answer');
  });
});

describe('what is malformed', () => {
  test.each([
    ['asthma[ti] AND (', 'title:asthma'],
    ['asthma[ti]) OR pain[ti]', 'title:asthma'],
    ['((asthma[ti] OR pain[ti]', 'title:asthma OR title:pain'],
    ['asthma[ti] OR OR pain[ti]', 'title:asthma OR title:pain'],
    ['AND asthma[ti]', 'title:asthma'],
    ['"asthma[ti] AND pain[ti]', 'title:asthma title:pain'],
    ['()[tiab] asthma[ti]', 'title:asthma'],
    ['asthma[ti] NOT', 'title:asthma'],
    ['asthma[ti][ab]', 'title:asthma'],
    ['(adj3 pain).tw.', tw('pain')],
    ['pain adj3 .tw. or ache.ti.', 'pain OR title:ache'],
  ])('is read as far as possible: %s', (text, expected) => {
    expect(printed(text)).toContain(expected);
    expect(messages(text).length).toBeGreaterThan(1);
  });

  test('finds nothing where nothing can be checked', () => {
    expect(printed('review[pt]')).toBe('id:review[pt]');
    expect(messages('review[pt]').join()).toContain('papers do not have this');
  });
});

describe('notices', () => {
  test.each([
    ['exp Asthma/', 'subject heading'],
    ['"Asthma/therapy"[Mesh]', 'subheading'],
    ['humans[mh] AND asthma[ti]', 'how a paper was indexed'],
    ['asthma[ti] AND review[pt]', 'it is ignored'],
    ['asthma[ti] AND pain[foo]', 'not known'],
    ['wom#n.ti.', 'wildcard'],
    ['"heart attack*"[ti]', 'truncated'],
    ['(languag$ adj3 model$).tw.', 'at any distance'],
    ['Smith JA[au] AND gene[mh]', 'initials'],
    ['gene[mh] AND 2019/05[dp]', 'by year'],
    ['gene[mh] AND 2019[crdt]', "database's record"],
    ['gene[mh] AND "last 5 years"[dp]', 'not a date'],
    ['asthma[ti] OR pain[ti] AND gene[mh]', 'from left to right'],
    ['a.ti. b.ti.', 'no operator'],
  ])('%s: %s', (text, expected) => {
    const notices = readStrategy(text)!.query.notices;
    expect(notices[0]!.message).toMatch(/^This was read as an? (PubMed|Ovid) search/);
    const [notice] = notices.filter(({ message }) => message.includes(expected));
    expect(notice).toBeDefined();
    expect(notice!.span.end).toBeGreaterThan(notice!.span.start);
  });

  test('are errors with strict, except what loses nothing', () => {
    expect(() => readStrategy('asthma[ti] AND review[pt]', { strict: true })).toThrow('review[pt]');
    expect(readStrategy('asthma[ti] AND pain[tiab]', { strict: true })).toBeDefined();
  });

  test('name three parts of a kind, and how many more there are', () => {
    const text = ['a1', 'b2', 'c3', 'd4', 'e5'].map((word) => `exp ${word}/`).join(' or ');
    expect(messages(text)[1]).toContain('exp a1/, exp b2/, exp c3/ and 2 more:');
  });
});

describe('our own queries and prose', () => {
  test.each([
    'deep learning',
    'title:asthma AND "heart attack"~3 -author:smith',
    'type 1 or 2 diabetes',
    'a[id] of x[0]',
    'it costs $5 or US$ 6',
    'the values $\\alpha$ and $beta$',
    'and/or',
    'HIV/AIDS',
    '10.1000/xyz.ti',
    'e.g. this. and that.',
    'prefix* fuzzy~2 year:2020..2024',
    '(semi)-supervised learning [invited]',
    'see https://example.org/x.tw/',
    '1. Introduction 2. Methods 3. Results',
    '3D reconstruction',
    'see Smith [Title in German]',
    'Title: a study',
    'ratio 3:1 in mice',
    'adj and near',
    '((((',
    '',
  ])('are not read as a strategy: %s', (text) => expect(readStrategy(text)).toBeUndefined());
});

test('what is printed is read as the same query', () => {
  for (const text of [
    OVID_LINES.join('\n'),
    '(asthma or wheez*):ti,ab not "a b"[x]',
    'a b*[tiab] OR NOT c[ti]',
  ]) {
    const query = printed(text)!;
    expect(printQuery(parseQuery(query))).toBe(query);
  }
});

test('refuses a strategy that has become too large', () => {
  const doubled = Array.from({ length: 30 }, (_, at) => `${at + 2}. ${at + 1} or ${at + 1}`);
  expect(() => readStrategy(['1. asthma.ti.', ...doubled].join('\n'))).toThrow('1024 conditions');
  expect(() => readStrategy(`${'('.repeat(100)}asthma[ti]`)).toThrow('64 groups');
});
