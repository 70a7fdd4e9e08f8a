import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { announce } from '../announce.tsx';
import { api, type MapHits } from '../api.ts';
import { Chosen } from '../components/chosen.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { counted } from '../format.ts';
import { ClusterList } from '../map/cluster-list.tsx';
import { readColouring, withColouring } from '../map/colouring-url.ts';
import { COLOURINGS, type Colouring, coloursOf } from '../map/colours.ts';
import type { Highlighted } from '../map/drawing.ts';
import { boxAround, type Point, readPolygon, writePolygon } from '../map/geometry.ts';
import { Legend } from '../map/legend.tsx';
import { loadMap, type MapData } from '../map/map-data.ts';
import { Stage } from '../map/stage.tsx';
import { useDark } from '../map/use-dark.ts';
import type { PlacementControls } from '../map/use-placement.ts';
import { paperPath } from '../paths.ts';
import {
  appendFilters,
  appendRejected,
  countFilters,
  mapUrlOf,
  readState,
  type SearchState,
  urlOf,
} from '../search-state.ts';
import { useTitle } from '../title.ts';
import { useDraft } from '../use-draft.ts';
import { useRequest } from '../use-request.ts';

const COLOURING_NAMES = { cluster: 'Cluster', venue: 'Venue', year: 'Year' } as const;

/** The map of the corpus: similar papers are near each other, and the hits of a query are highlighted. */
export function MapView() {
  useTitle('Map');
  const [version, setVersion] = useState(0);
  const { data, error, loading, retry } = useRequest(`map ${version}`, loadMap);
  return (
    <div class="map">
      <h1 class="visually-hidden">Map of the papers</h1>
      {loading && !data && <Skeleton lines={9} />}
      {error?.code === 'NOT_FOUND' && (
        <div class="state">
          <h2>No map yet</h2>
          <p>{error.message}</p>
        </div>
      )}
      {error && error.code !== 'NOT_FOUND' && <Failure error={error} retry={retry} />}
      {data && !error && <LoadedMap data={data} onOutdated={() => setVersion((n) => n + 1)} />}
    </div>
  );
}

function LoadedMap({ data, onOutdated }: { data: MapData; onOutdated: () => void }) {
  const { url, route } = useLocation();
  const search = new URL(url, location.origin).search;
  const state = useMemo(() => readState(search), [search]);
  const by = readColouring(search);
  const [lassoing, setLassoing] = useState(false);
  const dark = useDark();
  const colours = useMemo(() => coloursOf(data, by, dark), [data, by, dark]);
  const go = (next: SearchState, replace = false) => route(withColouring(mapUrlOf(next), by), replace);
  const draft = useDraft(state, go);
  const hits = useHits(state, data.snapshot, onOutdated);
  const highlighted = useMemo(() => hits.data && highlightedOf(hits.data), [hits.data]);
  const within = state.filters.within?.[0];
  const outline = useMemo(() => (within === undefined ? [] : readPolygon(within)), [within]);
  const controls = useRef<PlacementControls>(null);
  const onOutline = (corners: readonly Point[]) => {
    setLassoing(false);
    go({ ...state, filters: { ...state.filters, within: [writePolygon(corners)] } });
  };

  return (
    <>
      <SearchField
        value={draft.text}
        autoFocus={false}
        label="Highlight papers on the map"
        placeholder="Highlight papers about…"
        onType={draft.type}
        onCommit={draft.commit}
        onChoose={(suggestion) =>
          'id' in suggestion ? route(paperPath(suggestion.id)) : draft.commit(suggestion.text)
        }
        onLeaveDown={() => {}}
      />
      <div class="controls">
        <ColourChoice by={by} onChange={(next) => route(withColouring(mapUrlOf(state), next), true)} />
        <button type="button" aria-pressed={lassoing} onClick={() => setLassoing(!lassoing)}>
          Lasso
        </button>
        <HitsNote hits={hits.data} state={state} />
      </div>
      <Chosen state={state} titles={new Map()} onChange={go} />
      {hits.error && <Failure error={hits.error} retry={hits.retry} />}
      <Stage
        data={data}
        rgb={colours.rgb}
        highlighted={highlighted}
        dark={dark}
        outline={outline}
        lassoing={lassoing}
        onOutline={onOutline}
        onCancel={() => setLassoing(false)}
        onOpen={({ id }) => route(paperPath(id))}
        onOutdated={onOutdated}
        controls={controls}
      >
        <Legend {...colours} />
        <ZoomButtons controls={controls} />
      </Stage>
      <p id="map-help" class="map-help">
        Similar papers are close to each other. Drag to move, scroll or pinch to zoom, point to see a title,
        click to open it. Select papers with Lasso, or by dragging with Shift held down. Keys: arrows,{' '}
        <kbd>+</kbd>, <kbd>-</kbd>, <kbd>0</kbd>.
      </p>
      <ClusterList
        clusters={data.clusters}
        dark={dark}
        onShow={(cluster) =>
          controls.current?.show(boxAround(data, (doc) => data.clusterOf[doc] === cluster))
        }
      />
    </>
  );
}

/** The relevant papers of the search in the URL; none without a search. */
function useHits(state: SearchState, snapshot: string, onOutdated: () => void) {
  const asks = state.q.trim() !== '' || countFilters(state.filters) > 0;
  const parameters = new URLSearchParams();
  if (state.q.trim() !== '') parameters.set('q', state.q);
  parameters.set('mode', state.mode);
  appendFilters(parameters, state.filters);
  appendRejected(parameters, state);
  const key = asks ? `map hits ${snapshot} ${parameters}` : undefined;
  const hits = useRequest<MapHits>(key, (signal) => api.mapHits(parameters, signal));
  useEffect(() => {
    if (hits.data && hits.data.snapshot !== snapshot) onOutdated();
    else if (hits.data) announce(`${counted(hits.data.total, 'paper')} highlighted`);
  }, [hits.data]);
  return asks ? hits : { ...hits, data: undefined };
}

/** The best are drawn last and largest. */
function highlightedOf({ docs, scores }: MapHits): Highlighted {
  const [best = 0, worst = 0] = [scores[0], scores.at(-1)];
  const range = Math.max(best - worst, 1e-9);
  return {
    docs: Uint32Array.from(docs.toReversed()),
    strengths: Uint8Array.from(scores.toReversed(), (score) => Math.round((255 * (score - worst)) / range)),
  };
}

function HitsNote({ hits, state }: { hits: MapHits | undefined; state: SearchState }) {
  if (!hits) return null;
  if (hits.total === 0)
    return <p class="map-note">{state.q.trim() === '' ? 'No papers here.' : 'No relevant papers here.'}</p>;
  return (
    <p class="map-note">
      <a href={urlOf(state)}>
        {hits.total === 1 ? 'See the paper' : `See the ${counted(hits.total, 'paper')}`} as a list
      </a>
    </p>
  );
}

function ColourChoice({ by, onChange }: { by: Colouring; onChange: (by: Colouring) => void }) {
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">Colour by</legend>
      {COLOURINGS.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="colour"
            value={each}
            checked={by === each}
            onChange={() => onChange(each)}
          />
          <span>{COLOURING_NAMES[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function ZoomButtons({ controls }: { controls: { current: PlacementControls | null } }) {
  return (
    <div class="map-zoom">
      <button type="button" aria-label="Zoom in" onClick={() => controls.current?.zoomBy(1.8)}>
        +
      </button>
      <button type="button" aria-label="Zoom out" onClick={() => controls.current?.zoomBy(1 / 1.8)}>
        −
      </button>
      <button type="button" aria-label="Show the whole map" onClick={() => controls.current?.reset()}>
        ⤢
      </button>
    </div>
  );
}
