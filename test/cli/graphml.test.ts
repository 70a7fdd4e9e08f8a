import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { graphmlOf } from '../../src/cli/graphml.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const MANY = Array.from({ length: 120 }, (_, n) => `cited-${n}`);
const { snapshot } = await snapshotOver([
  paperOf({
    title: 'A survey of <worms> & "rain"',
    id: 'a/survey',
    authors: ['Ann Lee', 'Bo Li'],
    year: 2020,
    references: ['rain', 'soil', 'lost', ...MANY],
  }),
  paperOf({ title: 'Worms in the rain', id: 'rain', year: 2015, venue: 'Flora', references: ['soil'] }),
  paperOf({ title: 'Worms in the soil', id: 'soil' }),
  paperOf({ title: 'Not\u0001 linked', id: 'alone' }),
  ...MANY.map((id) => paperOf({ title: id, id })),
]);

const parser = new XMLParser({ ignoreAttributes: false, parseAttributeValue: false });
async function graphOf(request: Parameters<typeof snapshot.snowball>[0]) {
  const text = await graphmlOf(await snapshot.snowball(request), snapshot);
  const { graphml } = parser.parse(text);
  const nodes = [graphml.graph.node].flat();
  const idOf = (node: string) =>
    nodes
      .find((each) => each['@_id'] === node)
      .data.find((data: { '@_key': string }) => data['@_key'] === 'paper')['#text'];
  const edges = [graphml.graph.edge ?? []].flat();
  return {
    keys: graphml.key,
    nodes,
    edges: edges.map((edge) => `${idOf(edge['@_source'])} > ${idOf(edge['@_target'])}`).sort(),
  };
}

test('contains seeds, hits and all citations between them', async () => {
  const { nodes, edges, keys } = await graphOf({ ids: ['soil'], direction: 'forward', limit: 10 });
  expect(edges).toEqual(['a/survey > rain', 'a/survey > soil', 'rain > soil']);
  const survey = nodes.find((node) =>
    node.data.some((data: { '#text': string }) => data['#text'] === 'a/survey'),
  );
  expect(
    Object.fromEntries(survey.data.map((data: Record<string, unknown>) => [data['@_key'], data['#text']])),
  ).toEqual({
    paper: 'a/survey',
    title: 'A survey of <worms> & "rain"',
    authors: 'Ann Lee; Bo Li',
    year: 2020,
    distance: 1,
  });
  expect(keys.map((key: Record<string, string>) => [key['@_id'], key['@_attr.type']])).toContainEqual([
    'year',
    'int',
  ]);
});

test('contains the citations of a paper that cites more than one page of papers', async () => {
  const { edges } = await graphOf({ ids: ['a/survey', ...MANY], direction: 'backward', limit: 10 });
  expect(edges).toHaveLength(MANY.length + 3);
});

test('has no edges where there are no links', async () => {
  const { nodes, edges } = await graphOf({ ids: ['alone'] });
  expect([nodes.length, edges]).toEqual([1, []]);
});
