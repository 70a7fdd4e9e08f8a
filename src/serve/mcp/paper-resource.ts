import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { type Engine, withSnapshot } from '../../search/engine.ts';
import { visibleTexts } from '../../text/visible-text.ts';
import { UNTRUSTED_TEXT } from './instructions.ts';
import { idInUri } from './paper-view.ts';
import type { Log, Service } from './result.ts';

/** The protocol's code for a resource that does not exist. */
const RESOURCE_NOT_FOUND = -32002;

/** Adds the resources `paper://<id>`: the full record of each paper as JSON. They are too many to list. */
export function addPaperResource(server: McpServer, { engine, log }: Service): void {
  server.registerResource(
    'paper',
    new ResourceTemplate('paper://{id}', { list: undefined }),
    {
      title: 'A paper',
      description: `The full record of a paper as JSON; the id is percent-encoded. ${UNTRUSTED_TEXT}`,
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
      throw protocolError(
        ErrorCode.InvalidParams,
        'The id in the URI is not percent-encoded correctly. Use the uri of a hit.',
      );
    }
    if (error instanceof PaperSearchError && error.code === 'NOT_FOUND') {
      throw protocolError(RESOURCE_NOT_FOUND, error.message);
    }
    log(error);
    throw protocolError(
      ErrorCode.InternalError,
      'The paper cannot be read. The log of paper-search has the details.',
    );
  }
}

/** An error of the protocol. The SDK's own class repeats its code in the message, where clients add it once more. */
function protocolError(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}
