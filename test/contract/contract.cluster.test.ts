import { describe, test } from 'vitest';
import { testContract } from './contract.ts';
import { clusterAt } from './engines/cluster.ts';

const nodes = (process.env.PAPER_SEARCH_OPENSEARCH ?? '').split(',').filter(Boolean);

if (nodes.length > 0) describe('a cluster', () => testContract(clusterAt(nodes)));
else test.skip('Skipped: PAPER_SEARCH_OPENSEARCH does not name the nodes of an OpenSearch cluster', () => {});
