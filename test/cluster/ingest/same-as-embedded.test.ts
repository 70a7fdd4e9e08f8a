import { describe } from 'vitest';
import { FakeCluster } from '../../support/fake-cluster.ts';
import { sameAsEmbedded } from '../../support/same-as-embedded.ts';

describe('ingestIntoCluster, with a cluster in memory', { timeout: 600_000 }, () => {
  sameAsEmbedded(() => new FakeCluster(), 25);
});
