import type { NamedCluster } from '../../search/map-view.ts';
import { counted } from '../format.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { category } from './colours.ts';

interface ClusterListProps {
  readonly clusters: readonly NamedCluster[];
  readonly dark: boolean;
  /** Shows a cluster on the map. */
  readonly onShow: (cluster: number) => void;
}

/** The clusters as a list, the largest first, with links to their papers. */
export function ClusterList({ clusters, dark, onShow }: ClusterListProps) {
  const order = clusters.map((_, i) => i).sort((a, b) => clusters[b]!.papers - clusters[a]!.papers);
  return (
    <section class="map-parts" aria-labelledby="map-parts-title">
      <h2 id="map-parts-title">Clusters</h2>
      <ul>
        {order.map((i) => {
          const { name, papers } = clusters[i]!;
          return (
            <li key={name}>
              <button
                type="button"
                class="map-show"
                onClick={() => onShow(i)}
                aria-label={`Show ${name} on the map`}
              >
                <span class="map-swatch" style={{ backgroundColor: category(i, dark) }} />
              </button>
              <span>
                <a href={urlOf({ ...NO_SEARCH, filters: { cluster: [name] } })}>{name}</a>{' '}
                <span class="map-count">{counted(papers, 'paper')}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
