import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import { HashingEncoder } from './hashing-encoder.ts';

/** A process that ingests with fast vectors: arguments are JSON of the paths and the options. Prints the report. */
const [paths, options] = JSON.parse(process.argv[2]!);
const onProgress = ({ stage, done }: { stage: string; done?: number }) => {
  if (stage === 'reading') process.stdout.write(`read ${done}\n`);
};
const report = await ingestIntoCluster(paths, { ...options, encoder: new HashingEncoder(), onProgress });
process.stdout.write(`report ${JSON.stringify(report)}\n`);
