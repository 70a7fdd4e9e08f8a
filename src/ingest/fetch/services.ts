import type { Connector } from './connector.ts';
import type { ServiceName } from './names.ts';
import { aclConnector } from './services/acl.ts';
import { arxivConnector } from './services/arxiv.ts';
import { crossrefConnector } from './services/crossref.ts';
import { openAlexConnector } from './services/openalex.ts';
import { openReviewConnector } from './services/openreview.ts';
import { semanticScholarConnector } from './services/semantic-scholar.ts';

/** The connector of each service. A new one is added here, and its name in names.ts. */
export const CONNECTORS: Readonly<Record<ServiceName, Connector>> = {
  arxiv: arxivConnector,
  openreview: openReviewConnector,
  acl: aclConnector,
  semanticscholar: semanticScholarConnector,
  openalex: openAlexConnector,
  crossref: crossrefConnector,
};
