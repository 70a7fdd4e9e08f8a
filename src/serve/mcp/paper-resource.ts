import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { type Engine, withSnapshot } from '../../search/engine.ts';
import { visibleTexts } from '../../text/visible-text.ts';
import { STRANGERS } from './instructions.ts';
import { idInUri } from './paper-view.ts';
import type { Log, Service } from './result.ts';

/** As the protocol numbers a resource that is not there. */
const RESOURCE_NOT_FOUND = -32002;

/** Adds the resources `paper://<id>`: every paper whole, as JSON. They are too many to be listed. */
export function addPaperResource(server: McpServer, { engine, log }: Service): void {
  server.registerResource(
    'paper',
    new ResourceTemplate('paper://{id}', { list: undefined }),
    {
      title: 'A paper',
      description: `The whole record of a paper as JSON; the id is percent-encoded. ${STRANGERS}`,
      mimeType: 'application/json',
    },
    async (uri, { id }) => {
      const paper = await paperOf(engine, String(id), log);
      const text = JSON.stringify(visibleTexts(paper));
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text }] };
    },
  );
}

async function paperOf(engine: Engine, encoded: string, log: Log): Promise<Paper> {
  try {
    const id = idInUri(encoded);
    return await withSnapshot(engine, (snapshot) => snapshot.paper(id));
  } catch (error) {
    if (error instanceof URIError) {
      throw protocolError(ErrorCode.InvalidParams, 'The id in the address is not percent-encoded.');
    }
    if (error instanceof PaperSearchError && error.code === 'NOT_FOUND') {
      throw protocolError(RESOURCE_NOT_FOUND, error.message);
    }
    log(error);
    throw protocolError(
      ErrorCode.InternalError,
      'The paper cannot be read. The log of paper-search says more.',
    );
  }
}

/** An error of the protocol. The SDK's own puts its number into the text, where clients put it once more. */
function protocolError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}
