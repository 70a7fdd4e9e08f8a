import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, OperationObject } from '../../src/serve/http/openapi/document.ts';

const ROOT = 'openapi';

/** Validates values against the schemas of an OpenAPI document. */
export class OpenApiValidator {
  readonly #document: OpenApiDocument;
  readonly #checks = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv2020.default({ strict: false, allErrors: true, validateFormats: true });

  constructor(document: OpenApiDocument) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, ROOT, false, false);
  }

  /** Errors of a value, by a schema at a path in the document; empty if it is valid. */
  problems(place: readonly string[], value: unknown): string[] {
    const at = pointer(place);
    const check = this.#checks.get(at) ?? this.#ajv.compile({ $ref: `${ROOT}#${at}` });
    this.#checks.set(at, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }

  /**
   * Errors of an answer, by the document's description of its request.
   * @param path of the URL, encoded as it was sent. @param body as text.
   */
  answerProblems(method: string, path: string, response: Response, body: string): string[] {
    const { status } = response;
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const isJson = /[/+]json$/.test(type);
    // Paths of a library are those of its server in the document.
    const template = this.#templateOf(path.replace(/^(?:\/v1)?\/libraries\/[^/]+(?=\/)/, ''));
    const called = method === 'HEAD' ? 'get' : method.toLowerCase();
    const described: OperationObject | undefined =
      template === undefined ? undefined : this.#document.paths[template]![called];
    if (!described) {
      // Nothing serves the path, or not with this method: in the latter case, a compatible API answers in its own format.
      const expected = template === undefined ? [400, 404, 413, 414] : [400, 405, 413, 414];
      if (!expected.includes(status)) return [`${status} for a request that is not in the document`];
      if (method === 'HEAD' || template !== undefined) return [];
      return this.problems(['components', 'schemas', 'ErrorBody'], JSON.parse(body));
    }
    const key = String(status) in described.responses ? String(status) : 'default';
    const { content, 'x-alternatives': alternatives } = described.responses[key] ?? {};
    if (!described.responses[key]) return [`The status ${status} is not in the document`];
    if (method === 'HEAD' || (!content && body === '')) return [];
    const place = content?.[type] ? 'content' : 'x-alternatives';
    if (!content?.[type] && !alternatives?.[type]) {
      return [`The type "${type}" is not in the document for ${status}`];
    }
    if (!isJson) return [];
    return this.problems(
      ['paths', template!, called, 'responses', key, place, type, 'schema'],
      JSON.parse(body),
    );
  }

  /** The path of the document that a URL's path matches: one with fewer parameters before one with more. */
  #templateOf(path: string): string | undefined {
    const parameters = (template: string) => template.split('{').length;
    const templates = Object.keys(this.#document.paths).sort(
      (a, b) => parameters(a) - parameters(b) || b.length - a.length,
    );
    // A wildcard parameter may contain slashes.
    for (const value of ['[^/]+', '.+']) {
      const found = templates.find((template) =>
        new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, value)}/?$`).test(
          path,
        ),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function pointer(place: readonly string[]): string {
  return place
    .map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');
}
