import type { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../errors.ts';
import { VERSION } from '../../../version.ts';
import { ONLY_LIBRARY } from '../libraries.ts';
import { type Operation, pathsOf, type ResponseDescription } from '../operation.ts';
import { ErrorBody } from '../schemas/error.ts';
import { type JsonSchema, JsonSchemas } from './json-schemas.ts';

export interface ParameterObject {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  /** False for a comma-separated list. */
  readonly explode?: boolean;
  readonly schema: JsonSchema;
}

interface MediaTypeObject {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, MediaTypeObject>>;

export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly description?: string;
    readonly content: Content;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface ResponseObject {
  readonly description: string;
  readonly content?: Content;
  /** Other content, sent when the request asks for it: see `ResponseDescription`. */
  readonly 'x-alternatives'?: Content;
}

/** An OpenAPI 3.1 document: https://spec.openapis.org/oas/v3.1.1 */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly {
    readonly url: string;
    readonly description: string;
    readonly variables?: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  }[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

const BYTES = 'application/octet-stream';

const NOT_MODIFIED: ResponseDescription = {
  description: 'The answer with the `ETag` in the header `If-None-Match` is still valid.',
};

/** The tag of paths that also exist under `/v1`. */
export const SHORT_PATHS = 'Short paths';

/** Creates the OpenAPI document of operations. @throws Error when two schemas have the same id. */
export function openApiDocument(operations: readonly Operation[]): OpenApiDocument {
  const schemas = new JsonSchemas();
  const paths: Record<string, Record<string, OperationObject>> = {};
  const tags = new Set<string>();
  for (const operation of operations) {
    const described = describe(operation, schemas);
    tags.add(operation.tag);
    const [first, short] = pathsOf(operation);
    paths[first!] = { ...paths[first!], [operation.method]: described };
    if (short === undefined) continue;
    paths[short] = {
      ...paths[short],
      [operation.method]: {
        ...described,
        operationId: `${operation.id}Short`,
        tags: [SHORT_PATHS],
        description: `The same as \`${first}\`.`,
      },
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'paper-search',
      version: VERSION,
      description: 'Searches the abstracts of papers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: '/', description: 'This server, with its default library' },
      {
        url: '/v1/libraries/{library}',
        description: 'One library of this server: `GET /v1/libraries` lists them',
        variables: { library: { default: ONLY_LIBRARY, description: 'The name of the library.' } },
      },
    ],
    tags: [
      ...Array.from(tags, (name) => ({ name })),
      {
        name: SHORT_PATHS,
        description: 'The same routes without `/v1`, for typing by hand. Programs should use `/v1`.',
      },
    ],
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token with the scope of the operation.' },
      },
    },
  };
}

function describe(operation: Operation, schemas: JsonSchemas): OperationObject {
  const { id, tag, summary, authorize, body, deprecated } = operation;
  const description = deprecated === undefined ? operation.description : `Deprecated: use \`${deprecated}\`.`;
  const parameters = [
    ...parametersOf(operation.pathParameters, 'path', schemas),
    ...parametersOf(operation.parameters, 'query', schemas),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated: true }),
    ...(authorize && { security: [{ token: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: bodyOf(body, schemas) }),
    responses: responsesOf(operation, schemas),
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  place: 'query' | 'path',
  schemas: JsonSchemas,
): ParameterObject[] {
  return Object.entries((schema?.shape ?? {}) as Record<string, z.ZodType>).map(([name, each]) => {
    const { description, explode, deprecated, ...rest } = schemas.of(each, 'input');
    // The default value; zod prints no default for a schema that transforms.
    const absent = each.safeParse(undefined);
    return {
      name,
      in: place,
      required: !absent.success,
      ...(typeof description === 'string' && { description }),
      ...(deprecated === true && { deprecated }),
      ...(typeof explode === 'boolean' && { explode }),
      schema: absent.data === undefined ? rest : { ...rest, default: absent.data },
    };
  });
}

function bodyOf(
  body: NonNullable<Operation['body']>,
  schemas: JsonSchemas,
): NonNullable<OperationObject['requestBody']> {
  if (body.kind === 'stream') {
    const { description, mediaTypes } = body;
    return {
      required: true,
      description,
      content: Object.fromEntries(
        mediaTypes.map((type) => [
          type,
          { schema: type === BYTES ? { type: 'string', format: 'binary' } : {} },
        ]),
      ),
    };
  }
  const { schema, example } = body;
  const content = { schema: schemas.of(schema, 'input'), ...(example !== undefined && { example }) };
  const type = body.kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return { required: !body.optional, content: { [type]: content } };
}

function responsesOf(operation: Operation, schemas: JsonSchemas): OperationObject['responses'] {
  const all: Record<string, ResponseDescription> = {
    // An operation with its own error format describes its errors itself.
    ...(operation.onError ? {} : errorResponses(operation.errors ?? [])),
    ...(operation.method === 'get' && operation.validFor !== 'never' && { 304: NOT_MODIFIED }),
    ...operation.responses,
  };
  return Object.fromEntries(
    Object.entries(all).map(([status, { description, content, alternatives, example }]) => [
      status,
      {
        description,
        ...(content && { content: contentOf(content, schemas, example) }),
        ...(alternatives && { 'x-alternatives': contentOf(alternatives, schemas) }),
      },
    ]),
  );
}

/** @param example of the first media type. */
function contentOf(
  content: NonNullable<ResponseDescription['content']>,
  schemas: JsonSchemas,
  example?: unknown,
): Content {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema], place) => [
      type,
      {
        schema: schema ? schemas.of(schema, 'output') : { type: 'string' },
        ...(place === 0 && example !== undefined && { example }),
      },
    ]),
  );
}

function errorResponses(own: readonly ErrorCode[]): Record<string, ResponseDescription> {
  const content = { 'application/json': ErrorBody };
  const all: Record<string, ResponseDescription> = {
    default: { description: 'Another error: see `code`.', content },
  };
  for (const code of new Set<ErrorCode>(['BAD_REQUEST', ...own])) {
    const { status } = ERRORS[code];
    all[status] = { description: all[status] ? `${all[status].description}, ${code}` : code, content };
  }
  return all;
}
