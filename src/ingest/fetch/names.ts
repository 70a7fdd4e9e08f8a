import { join } from 'node:path';

/** Services that papers can be fetched from, as they are named on the command line and in folders. */
export const SERVICE_NAMES = [
  'arxiv',
  'openreview',
  'acl',
  'semanticscholar',
  'openalex',
  'crossref',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Where fetched pages are kept unless a user says otherwise. */
export const DEFAULT_DATA = join('data', 'fetched');
