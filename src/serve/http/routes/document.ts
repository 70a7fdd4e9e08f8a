import { z } from 'zod';
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts';
import { documentationPage } from '../openapi/page.ts';
import { DOCUMENTATION_STYLE } from '../openapi/style.ts';
import { json, type Operation, operation } from '../operation.ts';

/** Nothing but our own style, from here. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const OpenApi = z
  .looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OpenApi', description: 'A document as https://spec.openapis.org/oas/v3.1.1 has it.' });

/**
 * The description of operations, for programs and for readers.
 * @param operations what is described; it is looked at when the first request comes.
 */
export function documentOperations(operations: readonly Operation[]): Operation[] {
  let document: OpenApiDocument | undefined;
  const written = () => {
    document ??= openApiDocument(operations);
    return document;
  };
  const common = { method: 'get', mount: 'as-is', tag: 'Server', goodFor: 'content' } as const;
  return [
    operation({
      ...common,
      id: 'getOpenApi',
      path: '/openapi.json',
      summary: 'All of this for programs, as OpenAPI 3.1',
      responses: { 200: json(OpenApi, 'The document.') },
      handle: (_request, response) => {
        response.json(written());
      },
    }),
    operation({
      ...common,
      id: 'getDocumentation',
      path: '/docs',
      summary: 'All of this for readers',
      responses: { 200: { description: 'A page.', content: { 'text/html': undefined } } },
      handle: (_request, response) => {
        response.set('Content-Security-Policy', PAGE_POLICY).type('html').send(documentationPage(written()));
      },
    }),
    operation({
      ...common,
      id: 'getDocumentationStyle',
      path: '/docs.css',
      summary: 'The style of that page',
      responses: { 200: { description: 'A style sheet.', content: { 'text/css': undefined } } },
      handle: (_request, response) => {
        response.type('css').send(DOCUMENTATION_STYLE);
      },
    }),
  ];
}
