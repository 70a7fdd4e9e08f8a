import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Engine } from '../../search/engine.ts';
import { VERSION } from '../../version.ts';
import { ANONYMOUS } from '../access/access.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { addPaperResource } from './paper-resource.ts';
import type { Kept, Log } from './result.ts';
import { addCitations } from './tools/citations.ts';
import { addCollections } from './tools/collections.ts';
import { addDescribeCorpus } from './tools/describe-corpus.ts';
import { addExport } from './tools/export.ts';
import { addGetPaper } from './tools/get-paper.ts';
import { addRelated } from './tools/related.ts';
import { addReviewTools } from './tools/reviews.ts';
import { addSearch } from './tools/search.ts';
import { addWatchTools } from './tools/watches.ts';

/** Limit of elements in a call's arguments; full lists have a few hundred. */
const MAX_ELEMENTS = 2000;

/**
 * Creates a Model Context Protocol server for an engine, not yet connected: tools to search, and papers as resources.
 * @param engine not closed with the server.
 * @param log receives unexpected errors.
 * @param caller says what tools may change. Default: nothing.
 * @param kept what is kept beside the papers. Default: nothing, and there are no tools for it.
 */
export function createMcpServer(engine: Engine, log: Log, caller = ANONYMOUS, kept: Kept = {}): McpServer {
  const server = new McpServer(
    { name: 'paper-search', title: 'paper-search', version: VERSION },
    { instructions: INSTRUCTIONS, maxToolInputElements: MAX_ELEMENTS },
  );
  const service = { engine, log, caller, ...kept };
  for (const add of [
    addSearch,
    addRelated,
    addCitations,
    addGetPaper,
    addExport,
    addDescribeCorpus,
    addCollections,
    ...(kept.watches ? [addWatchTools] : []),
    ...(kept.reviews ? [addReviewTools] : []),
    addPaperResource,
  ]) {
    add(server, service);
  }
  return server;
}
