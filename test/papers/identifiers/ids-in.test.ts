import { describe, expect, test } from 'vitest';
import { type IdKind, identifierKey, idsIn } from '../../../src/papers/identifiers.ts';

/** Texts of a field, and the identifiers that are in them. */
const CASES: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  doi: [
    ['10.1000/ABC', '10.1000/abc'],
    ['doi:10.1000/abc', '10.1000/abc'],
    ['DOI: 10.1000/abc', '10.1000/abc'],
    ['DOI 10.1000/abc', '10.1000/abc'],
    ['doi10.1000/abc', '10.1000/abc'],
    ['info:doi/10.1000/abc', '10.1000/abc'],
    ['urn:doi:10.1000/abc', '10.1000/abc'],
    ['doi.org/10.1000/abc', '10.1000/abc'],
    ['https://doi.org/10.1000/abc', '10.1000/abc'],
    ['http://www.doi.org/10.1000/abc', '10.1000/abc'],
    ['http://dx.doi.org/10.1000%2Fabc', '10.1000/abc'],
    ['10.1000%2Fabc', '10.1000/abc'],
    ['https://doi-org.proxy.example.edu/10.1000/abc', '10.1000/abc'],
    ['https://doi.org.proxy.example.edu/10.1000/abc', '10.1000/abc'],
    ['https://proxy.example.edu/login?url=https://doi.org/10.1000/abc', '10.1000/abc'],
    ['https://proxy.example.edu/login?url=https%3A%2F%2Fdoi.org%2F10.1000%2Fabc', '10.1000/abc'],
    ['https://dl.example.org/doi/pdf/10.1000/abc?download=true', '10.1000/abc'],
    ['https://www.example.com/doi/full/10.1000/abc#section-2', '10.1000/abc'],
    ['https://link.example.com/content/pdf/10.1007/978-3-030-1_2.pdf', '10.1007/978-3-030-1_2'],
    ['https://www.biorxiv.org/content/10.1101/2020.01.30.927871v2.full.pdf', '10.1101/2020.01.30.927871'],
    ['10.1101/2020.01.30.927871v1', '10.1101/2020.01.30.927871'],
    ['10.1000/abc.', '10.1000/abc'],
    ['10.1000/abc,', '10.1000/abc'],
    ['(10.1000/abc)', '10.1000/abc'],
    ['<https://doi.org/10.1000/abc>', '10.1000/abc'],
    ['"10.1000/abc"', '10.1000/abc'],
    ['10.1000/abc [doi]', '10.1000/abc'],
    ['10. 1000 / abc', '10.1000/abc'],
    ['10.1000/a\u2013c', '10.1000/a-c'],
    ['10.1000/abc; 10.1000/def', '10.1000/abc', '10.1000/def'],
    ['10.1000/abc;10.1000/def', '10.1000/abc', '10.1000/def'],
    ['10.1000/abc, https://doi.org/10.1000/ABC', '10.1000/abc'],
    ['10.1000/abc 10.1000/def', '10.1000/abc', '10.1000/def'],
    ['10.1000/a\\_b', '10.1000/a_b'],
    ['10.1000/a{\\_}b', '10.1000/a_b'],
    [
      '10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O',
      '10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
    ],
    [
      '10.1002/(SICI)1097-4571(199806)49:8{\\textless}693::AID-ASI4{\\textgreater}3.0.CO;2-O',
      '10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
    ],
    [
      '10.1002/(SICI)1097-4571(199806)49:8&lt;693::AID-ASI4&gt;3.0.CO;2-O',
      '10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
    ],
    ['10.1016/S0140-6736(20)30183-5', '10.1016/s0140-6736(20)30183-5'],
    ['10.1000.10/123456', '10.1000.10/123456'],
    ['10.12/abc'],
    ['10.1000/'],
    ['10.1000'],
    ['not a DOI'],
    ['https://doi.org/'],
    ['1910.1000/abc'],
  ],
  arxiv: [
    ['1706.03762', '1706.03762'],
    ['arXiv:1706.03762v2 [cs.CL]', '1706.03762'],
    ['1706.03762v2 [cs.CL]', '1706.03762'],
    ['https://export.arxiv.org/abs/1706.03762', '1706.03762'],
    ['https://www.arxiv.org/abs/1706.03762', '1706.03762'],
    ['http://arxiv.org/pdf/1706.03762v7.pdf', '1706.03762'],
    ['abs/1706.03762', '1706.03762'],
    ['oai:arXiv.org:1706.03762', '1706.03762'],
    ['arXiv preprint arXiv:1706.03762', '1706.03762'],
    ['10.48550/arXiv.1706.03762', '1706.03762'],
    ['https://doi.org/10.48550/ARXIV.1706.03762', '1706.03762'],
    ['0704.0001', '0704.0001'],
    ['hep-th/9901001v1', 'hep-th/9901001'],
    ['arXiv:math.GT/0309136', 'math.GT/0309136'],
    ['https://arxiv.org/abs/cs/0112017', 'cs/0112017'],
    ['1713.03762'],
    ['10.1101/2020.01.30.927871'],
    ['10.1145/1706.03762'],
    ['cs.CL'],
  ],
  pmid: [
    ['31452104', '31452104'],
    ['PMID: 31452104', '31452104'],
    ['https://pubmed.ncbi.nlm.nih.gov/31452104/', '31452104'],
    ['https://www.ncbi.nlm.nih.gov/pubmed/31452104', '31452104'],
    ['31452104 [pmid]', '31452104'],
    ['31452104.0', '31452104'],
    ['PMC1234567'],
    ['x31452104'],
  ],
  pmcid: [
    ['PMC1234567', 'PMC1234567'],
    ['1234567', 'PMC1234567'],
    ['pmcid: PMC1234567', 'PMC1234567'],
    ['https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/', 'PMC1234567'],
    ['https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/', 'PMC1234567'],
    ['PMC1234567.1', 'PMC1234567'],
    ['PMC'],
  ],
  isbn: [
    ['978-3-16-148410-0', '9783161484100'],
    ['ISBN 0-306-40615-2', '9780306406157'],
    ['080442957X', '9780804429573'],
    ['978-3-16-148410-0 0-306-40615-2', '9783161484100', '9780306406157'],
    ['978-3-16-148410-1'],
    ['1234567890'],
  ],
  openreview: [
    ['aVh9KRZdRk', 'aVh9KRZdRk'],
    ['https://openreview.net/forum?id=aVh9KRZdRk', 'aVh9KRZdRk'],
    ['https://openreview.net/forum?id=aVh9KRZdRk&noteId=x', 'aVh9KRZdRk'],
    ['two words'],
  ],
  acl: [
    ['P19-1001', 'P19-1001'],
    ['https://aclanthology.org/2020.acl-main.1/', '2020.acl-main.1'],
    ['https://www.aclweb.org/anthology/P19-1001.pdf', 'P19-1001'],
    ['10.18653/v1/P19-1001', 'P19-1001'],
    ['two words'],
  ],
  s2: [
    ['204939158', '204939158'],
    ['CorpusId:204939158', '204939158'],
    [
      'https://www.semanticscholar.org/paper/A-Title/649def34f8be52c8b66281af98ae884c09aef38b',
      '649def34f8be52c8b66281af98ae884c09aef38b',
    ],
    ['a title'],
  ],
  dblp: [
    ['conf/nips/VaswaniSPUJGKP17', 'conf/nips/VaswaniSPUJGKP17'],
    ['DBLP:conf/nips/VaswaniSPUJGKP17', 'conf/nips/VaswaniSPUJGKP17'],
    ['https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17.html', 'conf/nips/VaswaniSPUJGKP17'],
    ['https://dblp.org/'],
  ],
  openalex: [
    ['https://openalex.org/W2741809807', 'W2741809807'],
    ['w2741809807', 'W2741809807'],
    ['https://openalex.org/A5023888391'],
  ],
  mag: [['2741809807', '2741809807'], ['MAG:2741809807', '2741809807'], ['W2741809807']],
};

describe.each(Object.entries(CASES))('idsIn, %s', (kind, rows) => {
  test.each(rows)('reads %j', (text, ...ids) => {
    expect(idsIn(kind as IdKind, text)).toEqual(ids);
  });
});

test.each([
  ['10.1000/ABC', '10.1000/abc'],
  ['DOI:10.1000/abc', '10.1000/abc'],
  ['https://www.doi.org/10.1000/abc', '10.1000/abc'],
  [
    'doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O',
    '10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o',
  ],
  ['arXiv:1805.00009v3', '1805.00009v3'],
  ['1805.00009', '1805.00009'],
  ['https://arxiv.org/abs/1805.00009v3', '1805.00009v3'],
  ['https://export.arxiv.org/pdf/1805.00009', '1805.00009'],
  ['arxiv:hep-th/9901001', 'hep-th/9901001'],
  ['PMID: 123', 'pmid:123'],
  ['pmid:123', 'pmid:123'],
  ['https://pubmed.ncbi.nlm.nih.gov/123/', 'pmid:123'],
  ['PMC1234567', 'pmc1234567'],
  ['https://openalex.org/W27', 'w27'],
  ['my-own-id', 'my-own-id'],
  ['doi:x', 'x'],
])('identifierKey(%j) is %j', (id, key) => {
  expect(identifierKey(id)).toBe(key);
});

test('a long field costs no time in its square', () => {
  for (const sign of ['(', ')', '10.1000/', ';', ' ', '9', '{', '-']) {
    for (const kind of Object.keys(CASES)) idsIn(kind as IdKind, sign.repeat(100_000));
    identifierKey(sign.repeat(20_000));
  }
});
