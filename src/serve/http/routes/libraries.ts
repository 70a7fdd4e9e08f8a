import { mayRead, unauthorizedToRead } from '../authorize.ts';
import { type Libraries, statesOf } from '../libraries.ts';
import { json, type Operation, operation } from '../operation.ts';
import { LibraryList } from '../schemas/libraries.ts';

/** The list of the libraries that a client may read. */
export function libraryOperations(libraries: Libraries): Operation[] {
  return [
    operation({
      id: 'listLibraries',
      method: 'get',
      path: '/libraries',
      mount: 'both',
      tag: 'Server',
      summary: 'Lists the libraries of the server',
      description:
        'Every path of this API also exists for each library: `/v1/libraries/NAME/search` searches the library NAME. A client whose base URL is `/v1/libraries/NAME` uses that library only. On a private server, the list contains the libraries that the token can read.',
      validFor: 'never',
      needs: 'nothing',
      // Each library decides whether the client may see it.
      isPublic: true,
      responses: { 200: json(LibraryList, 'The libraries, the default one first.') },
      errors: ['UNAUTHORIZED'],
      handle: async (request, response) => {
        const readable = await Promise.all(libraries.map(({ access }) => mayRead(access, request)));
        if (!readable.includes(true)) throw unauthorizedToRead(request, response);
        const states = await statesOf(libraries.filter((_, i) => readable[i]));
        response.json({ default: libraries[0].name, libraries: states });
      },
    }),
  ];
}
