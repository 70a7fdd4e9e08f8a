import { PaperSearchError } from '../../errors.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { indexMapping } from './mapping.ts';
import type { StoredSnapshot } from './snapshot-meta.ts';

interface Property {
  readonly type?: string;
  readonly dimension?: number;
  readonly analyzer?: string;
  readonly properties?: Properties;
}
type Properties = Readonly<Record<string, Property>>;

/** Indices whose mappings were found to be right: a mapping does not change. */
const CHECKED = new WeakMap<ClusterClient, Set<string>>();

/**
 * Checks that the index of a snapshot has every field that this program looks into. A field that it lacks would match no
 * paper, and nothing would say so.
 * @throws PaperSearchError INDEX_INCOMPATIBLE with the first field that is missing or different.
 */
export async function expectMapping(
  client: ClusterClient,
  { index, meta }: StoredSnapshot,
  corpus: string,
): Promise<void> {
  const checked = CHECKED.get(client) ?? new Set();
  if (checked.has(index)) return;
  const found = await client.request<
    Record<string, { readonly mappings: { readonly properties?: Properties } }>
  >('GET', `/${encodeURIComponent(index)}/_mapping`);
  const wanted = indexMapping(meta.model.dimension, {}) as { readonly properties: Properties };
  const different = firstDifference(wanted.properties, found[index]?.mappings.properties ?? {});
  if (different !== undefined) {
    throw new PaperSearchError(
      'INDEX_INCOMPATIBLE',
      `The index of the corpus "${corpus}" ${different}. It was written by paper-search ${meta.writtenBy}. Ingest the papers again with --rebuild.`,
      { details: { corpus, index } },
    );
  }
  CHECKED.set(client, checked.add(index));
}

/** What is wrong with the first field that differs; undefined where none does. */
function firstDifference(wanted: Properties, found: Properties, before = ''): string | undefined {
  for (const [name, { type, dimension, analyzer, properties }] of Object.entries(wanted)) {
    const path = before + name;
    const own = found[name];
    if (!own) return `has no field "${path}"`;
    if (properties) {
      const inside = firstDifference(properties, own.properties ?? {}, `${path}.`);
      if (inside !== undefined) return inside;
      continue;
    }
    // An object is the default, which the cluster leaves out.
    const is = (of: Property) => `${of.type ?? 'object'} ${of.dimension ?? ''} ${of.analyzer ?? ''}`.trim();
    const expected = is({
      ...(type && { type }),
      ...(dimension && { dimension }),
      ...(analyzer && { analyzer }),
    });
    if (is(own) !== expected) return `has the field "${path}" as ${is(own)}, not as ${expected}`;
  }
  return undefined;
}
