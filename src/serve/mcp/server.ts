import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Collections } from '../../collections/collections.ts';
import type { Engine } from '../../search/engine.ts';
import { VERSION } from '../../version.ts';
import type { Watches } from '../../watch/watches.ts';
import { ANONYMOUS } from '../access/access.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { addPaperResource } from './paper-resource.ts';
import type { Log } from './result.ts';
import { addCitations } from './tools/citations.ts';
import { addCollections } from './tools/collections.ts';
import { addDescribeCorpus } from './tools/describe-corpus.ts';
import { addExport } from './tools/export.ts';
import { addGetPaper } from './tools/get-paper.ts';
import { addRelated } from './tools/related.ts';
import { addSearch } from './tools/search.ts';
import { addWatchTools } from './tools/watches.ts';

/** Limit of elements in a call's arguments; full lists have a few hundred. */
const MAX_ELEMENTS = 2000;

/**
 * Creates a Model Context Protocol server for an engine, not yet connected: tools to search, and papers as resources.
 * @param engine not closed with the server.
 * @param log receives unexpected errors.
 * @param caller says what tools may change. Default: nothing.
 * @param collections Default: there are no tools for collections.
 * @param watches Default: there are no tools for standing questions.
 */
export function createMcpServer(
  engine: Engine,
  log: Log,
  caller = ANONYMOUS,
  collections?: Collections,
  watches?: Watches,
): McpServer {
  const server = new McpServer(
    { name: 'paper-search', title: 'paper-search', version: VERSION },
    { instructions: INSTRUCTIONS, maxToolInputElements: MAX_ELEMENTS },
  );
  const service = { engine, log, caller, collections, watches };
  for (const add of [
    addSearch,
    addRelated,
    addCitations,
    addGetPaper,
    addExport,
    addDescribeCorpus,
    addCollections,
    ...(watches ? [addWatchTools] : []),
    addPaperResource,
  ]) {
    add(server, service);
  }
  return server;
}
