import { z } from 'zod';
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts';
import { documentationPage } from '../openapi/page.ts';
import { DOCUMENTATION_STYLE } from '../openapi/style.ts';
import { json, type Operation, operation } from '../operation.ts';
import { sendPlainPage } from '../plain-page.ts';

const OpenApi = z
  .looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OpenApi', description: 'An OpenAPI document: https://spec.openapis.org/oas/v3.1.1' });

/**
 * The API documentation, for programs and for people.
 * @param operations what is documented; read at the first request.
 */
export function documentOperations(operations: readonly Operation[]): Operation[] {
  let document: OpenApiDocument | undefined;
  const written = () => {
    document ??= openApiDocument(operations);
    return document;
  };
  const common = {
    method: 'get',
    mount: 'as-is',
    tag: 'Server',
    validFor: 'content',
    isPublic: true,
  } as const;
  return [
    operation({
      ...common,
      id: 'getOpenApi',
      path: '/openapi.json',
      summary: 'Returns the API description as OpenAPI 3.1',
      responses: { 200: json(OpenApi, 'The document.') },
      handle: (_request, response) => {
        response.json(written());
      },
    }),
    operation({
      ...common,
      id: 'getDocumentation',
      path: '/docs',
      summary: 'Shows the API documentation as a page',
      responses: { 200: { description: 'A page.', content: { 'text/html': undefined } } },
      handle: (_request, response) => {
        sendPlainPage(response, documentationPage(written()));
      },
    }),
    operation({
      ...common,
      id: 'getDocumentationStyle',
      path: '/docs.css',
      summary: 'Returns the style sheet of that page',
      responses: { 200: { description: 'A style sheet.', content: { 'text/css': undefined } } },
      handle: (_request, response) => {
        response.type('css').send(DOCUMENTATION_STYLE);
      },
    }),
  ];
}
