import { expect, test } from 'vitest';
import { sourcesOf } from '../../../src/ingest/fetch/by-identifier.ts';
import { checkSelection } from '../../../src/ingest/fetch/selection.ts';
import { CONNECTORS } from '../../../src/ingest/fetch/services.ts';

test.each([
  ['2101.11408', ['arxiv 2101.11408']],
  ['arXiv:2101.11408v3', ['arxiv 2101.11408']],
  ['https://arxiv.org/pdf/2101.11408.pdf', ['arxiv 2101.11408']],
  ['10.48550/arXiv.2101.11408', ['arxiv 2101.11408']],
  ['math.GT/0309136', ['arxiv math.GT/0309136']],
  ['https://doi.org/10.1000/A1', ['crossref 10.1000/a1', 'openalex 10.1000/a1']],
  ['10.1000/a,b', []],
  ['P19-1001', ['crossref 10.18653/v1/p19-1001']],
  ['W2741809807', ['openalex W2741809807']],
  ['PMID 123456', ['openalex pmid:123456']],
  ['worms in gardens', []],
  ['http://169.254.169.254/latest/meta-data', []],
  ['https://example.org/', []],
])('%s is asked for at %j', (identifier, wanted) => {
  const sources = sourcesOf(identifier);
  expect(sources.map(({ service, id }) => `${service} ${id}`)).toEqual(wanted);
});

test.each(['2101.11408', 'math.GT/0309136', '10.1000/a1', 'P19-1001', 'W2741809807', 'PMID 123456'])(
  'every service takes what it is asked for, %s',
  (identifier) => {
    for (const { service, id } of sourcesOf(identifier)) {
      const { takes, objection, prefixes, request } = CONNECTORS[service];
      const selection = checkSelection(service, takes, { ids: [id] });
      expect(objection(selection)).toBeUndefined();
      expect(
        prefixes.some((prefix) => request(selection, undefined, '2026-01-01').href.startsWith(prefix)),
      ).toBe(true);
    }
  },
);
