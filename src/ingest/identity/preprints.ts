import type { Paper } from '../../papers/paper.ts';

/** DOIs of servers for preprints, by the name of the server. The versions of a preprint have one key. */
const SERVERS: readonly (readonly [string, RegExp, RegExp?])[] = [
  ['rxiv', /^10\.(?:1101|64898)\/(?:\d{6}|\d{4}\.\d{2}\.\d{2}\.\d+)/],
  ['ssrn', /^10\.2139\/ssrn\./],
  // OSF, and those that run on it: PsyArXiv, SocArXiv, EarthArXiv, engrXiv, MetaArXiv, EdArXiv and others.
  [
    'osf',
    /^10\.(?:31219|31234|31235|31223|31224|31222|31225|31226|31227|31228|31229|31230|31231|31232|31233|31236|31237|31730|35542|17605|33767)\//,
    /_v\d+$/,
  ],
  ['research-square', /^10\.21203\/rs\./, /\/v\d+$/],
  ['preprints-org', /^10\.20944\/preprints/, /\.v\d+$/],
  ['chemrxiv', /^10\.26434\/chemrxiv/, /[.-]v\d+$/],
  ['techrxiv', /^10\.36227\/techrxiv/, /\.v\d+$|\/v\d+$/],
  ['authorea', /^10\.22541\//, /\/v\d+$/],
  ['jmir', /^10\.2196\/preprints\./],
  ['copernicus', /^10\.5194\/(?:[a-z]+-\d{4}-\d+|[a-z]+d-\d+-\d+-\d{4}|egusphere-.*)$/],
  ['zenodo', /^10\.5281\/zenodo\./],
  ['figshare', /^10\.6084\/m9\.figshare\./, /\.v\d+$/],
];
/** What the keys of the DOIs of preprints begin with. */
export const PREPRINT_KINDS: readonly string[] = SERVERS.map(([server]) => `preprint-${server}`);
/** Journals that number the versions of an article behind its DOI. */
const VERSIONED = /^(10\.(?:12688\/[a-z]+\.\d+|7554\/elife\.\d+))\.\d+$/;
/** Venues that are servers for preprints. */
const SERVER_NAME =
  /^(?:arxiv|corr\b|abs\/|(?:bio|med|chem|psy|soc|earth|engr|tech|ed|law|agri|eco|meta|sport|africa?)r?xiv|ssrn|osf|research square|preprints?\b|authorea|zenodo|hal\b|e-?prints?\b|computing research repository)/i;

/** The key of a DOI: `doi:…` of a publication, `preprint-SERVER:…` of a preprint. @param doi in lower case. */
export function doiKey(doi: string): string {
  for (const [server, pattern, version] of SERVERS) {
    if (pattern.test(doi)) return `preprint-${server}:${version ? doi.replace(version, '') : doi}`;
  }
  return `doi:${doi.replace(VERSIONED, '$1')}`;
}

/** Whether a DOI is that of a preprint, arXiv's own among them. */
export function isPreprintDoi(doi: string): boolean {
  return doi.startsWith('10.48550/') || doiKey(doi).startsWith('preprint-');
}

/**
 * Whether a record is of a preprint: its venue says so; or it has the id of a preprint and none of a publication.
 * @param keys external ids with their kind.
 */
export function isPreprint({ venue = '' }: Pick<Paper, 'venue'>, keys: readonly string[]): boolean {
  if (keys.some((key) => key.startsWith('doi:') || key.startsWith('acl:'))) return false;
  return SERVER_NAME.test(venue.trim()) || keys.some((key) => /^(?:arxiv|preprint-)/.test(key));
}
