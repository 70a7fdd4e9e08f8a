/*
 * Limits of what one request may ask, each written once. The engine, HTTP, MCP, the command line, the compatible APIs
 * and the page use these. Lengths of texts are in UTF-16 code units.
 */

/** Longest query: a whole abstract fits. */
export const MAX_QUERY_LENGTH = 8000;
/** Groups and negations within one another in a query of any query language, and its single conditions. */
export const MAX_DEPTH = 64;
export const MAX_CONDITIONS = 256;
/** The same of a PubMed, Ovid, Cochrane or Embase search, where a word is one for every field that it is searched in. */
export const MAX_STRATEGY_CONDITIONS = 1024;

/** Hits of one answer over HTTP, and of one for an agent, whose context is small. */
export const MAX_HITS = 100;
export const MAX_AGENT_HITS = 50;
/** Hits that may be skipped before the first one of an answer. */
export const MAX_OFFSET = 1_000_000_000;
/** Hits that are reranked: each takes a few encoded sentences, or a pair of texts that a cross-encoder reads. */
export const MAX_RERANKED = 100;
/** Most time for reranking that a request may ask for (milliseconds). */
export const MAX_RERANK_BUDGET_MS = 600_000;

/** Positive seeds of related papers, and as many negative ones: each is compared with every paper. */
export const MAX_SEEDS = 20;
/** Links from a seed that a snowball search follows: after a few, they lead to most papers. */
export const MAX_SNOWBALL_DEPTH = 5;
/** Longest identifier of a paper. */
export const MAX_ID_LENGTH = 1000;
/** Papers that one request may name by their ids, to export them or to put them on a schedule. */
export const MAX_IDS = 1000;
/** Papers of a search that one request may export: a file of some megabytes, made in less than a second. */
export const MAX_EXPORTED = 1000;
/** Papers that an agent may export at once. */
export const MAX_AGENT_EXPORT = 100;

/** Values of one filter, and the length of each. */
export const MAX_FILTER_VALUES = 50;
export const MAX_VALUE_LENGTH = 500;
/** Longest range such as `2020..2024`, or from one instant to another. */
export const MAX_RANGE_LENGTH = 80;

/** Values that are counted for a facet. */
export const MAX_FACET_VALUES = 20;
/** Years that are counted: there are few, and a span of years is read from the first and the last. */
export const MAX_FACET_YEARS = 300;

/** Corners of a polygon on the map: more than a hand can draw. */
export const MIN_CORNERS = 3;
export const MAX_CORNERS = 400;
/** Papers that are highlighted on the map: with more, a response is too large to draw while the user types. */
export const MAX_HIGHLIGHTED = 5000;

/** Papers of a schedule in one answer. */
export const MAX_SCHEDULED = 5000;

/** Collections of a library that are not deleted, and papers in one. */
export const MAX_COLLECTIONS = 1000;
export const MAX_COLLECTED = 5000;
/** Longest name and description of a collection, note and tag of a paper. */
export const MAX_COLLECTION_NAME = 200;
export const MAX_DESCRIPTION = 5000;
export const MAX_NOTE = 20_000;
export const MAX_TAG = 100;
/** Tags of a paper in a collection. */
export const MAX_TAGS = 50;
/** Best rating of a paper; the worst is 1. */
export const MAX_RATING = 5;
/** Links under which others can read a collection. */
export const MAX_SHARES = 50;
/** Longest abstract that a collection keeps, so that a removed paper still has one. */
export const MAX_KEPT_ABSTRACT = 4000;

/** Reviews of a library that are not deleted, and papers in the pool of one. */
export const MAX_REVIEWS = 1000;
export const MAX_POOL = 200_000;
/** Papers that one request may suggest, label, or list. */
export const MAX_SUGGESTED = 50;
export const MAX_LABELLED = 20_000;
export const MAX_REVIEWED = 1000;
/** Longest question of a review; inclusion and exclusion criteria, each, searched sources, and marked words. */
export const MAX_QUESTION = 5000;
export const MAX_CRITERIA = 100;
export const MAX_SEARCHED = 500;
export const MAX_MARKED = 500;
/** Reasons of a label. */
export const MAX_REASONS = 20;
/** One paper in so many is drawn at random, at the least often. */
export const MAX_RANDOM_EVERY = 1000;
