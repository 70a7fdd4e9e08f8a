import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Paper } from '../../papers/paper.ts';
import { formatAuthors } from '../format.ts';
import { paperPath } from '../paths.ts';
import { PaperText } from '../spans.tsx';
import { ClusterLabels } from './cluster-labels.tsx';
import { bytesOf } from './colours.ts';
import type { Highlighted, PointRenderer } from './drawing.ts';
import { mainBox, type Point, toMap, toScreen } from './geometry.ts';
import type { MapData } from './map-data.ts';
import { Picker } from './picker.ts';
import { createRenderer } from './renderer.ts';
import { useHover } from './use-hover.ts';
import { placeOf, useLasso } from './use-lasso.ts';
import { type PlacementControls, usePlacement } from './use-placement.ts';

/** Distance at which the pointer hits a point, in CSS pixels. */
const REACH = 12;
/** Pan per arrow key in CSS pixels, and zoom per + or -. */
const KEY_PAN = 80;
const KEY_ZOOM = 1.5;

interface StageProps {
  readonly data: MapData;
  readonly rgb: Uint8Array;
  readonly highlighted: Highlighted | undefined;
  readonly dark: boolean;
  /** The outline of the filter `within`, in map coordinates. */
  readonly outline: readonly Point[];
  /** Whether a drag draws an outline. */
  readonly lassoing: boolean;
  readonly onOutline: (corners: readonly Point[]) => void;
  readonly onCancel: () => void;
  readonly onOpen: (paper: Paper) => void;
  readonly onOutdated: () => void;
  readonly controls: RefObject<PlacementControls | null>;
  readonly children?: ComponentChildren;
}

/** The window of the map: points, labels, the hovered paper and the outline. */
export function Stage(props: StageProps) {
  const {
    data,
    rgb,
    highlighted,
    dark,
    outline,
    lassoing,
    onOutline,
    onCancel,
    onOpen,
    onOutdated,
    controls,
  } = props;
  const surface = useRef<HTMLDivElement>(null);
  const touch = useRef(false);
  const whole = useMemo(() => mainBox(data), [data]);
  const isFree = (event: Event) =>
    !lassoing && !(event as MouseEvent).shiftKey && !((event as MouseEvent).button > 0);
  const view = usePlacement(surface, whole, isFree);
  const { placement, size, zoom } = view;
  controls.current = view;
  const hover = useHover(data.snapshot, onOutdated);
  const lasso = useLasso(lassoing, placement, onOutline);
  const picker = useMemo(() => new Picker(data), [data]);
  useEffect(() => picker.setHighlighted(highlighted), [picker, highlighted]);
  const diameter = diameterOf(data.xs.length, size.width * size.height, zoom);
  const { canvas, kind } = usePicture(data, rgb, highlighted, dark, view, diameter);

  const docAt = (event: MouseEvent) => {
    const [x, y] = toMap(placement, placeOf(event));
    return picker.find(x, y, REACH / placement.scale);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyActions(view, () => {
      lasso.cancel();
      onCancel();
    })[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  const at =
    hover.doc === undefined ? undefined : toScreen(placement, [data.xs[hover.doc]!, data.ys[hover.doc]!]);
  return (
    <div class="map-window" data-renderer={kind} data-zoom={zoom.toFixed(2)}>
      <div
        ref={surface}
        class={lassoing ? 'map-surface map-lassoing' : 'map-surface'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys pan and zoom it
        tabIndex={0}
        role="application"
        aria-label="Map of the papers"
        aria-describedby="map-help"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          touch.current = event.pointerType !== 'mouse';
          lasso.onPointerDown(event);
        }}
        onPointerMove={(event) => {
          lasso.onPointerMove(event);
          if (event.pointerType === 'mouse' && event.buttons === 0) hover.point(docAt(event));
        }}
        onPointerUp={lasso.onPointerUp}
        onPointerLeave={() => !touch.current && hover.point(undefined)}
        onClick={(event) => {
          if (lasso.wasDrawn()) return;
          const doc = docAt(event);
          if (touch.current) hover.point(doc);
          else if (doc !== undefined) hover.paperOf(doc).then(onOpen, () => {});
        }}
      >
        {canvas}
        <svg class="map-overlay" aria-hidden="true">
          {outline.length > 0 && (
            <polygon
              class="map-outline"
              points={outline.map((corner) => toScreen(placement, corner).join()).join(' ')}
            />
          )}
          {lasso.drawn.length > 1 && (
            <polygon class="map-lasso" points={lasso.drawn.map((p) => p.join()).join(' ')} />
          )}
          {at && <circle class="map-ring" cx={at[0]} cy={at[1]} r={diameter / 2 + 5} />}
        </svg>
        <ClusterLabels clusters={data.clusters} placement={placement} size={size} zoom={zoom} />
      </div>
      {at && hover.paper && <PaperCard paper={hover.paper} at={at} size={size} withLink={touch.current} />}
      {props.children}
    </div>
  );
}

/** A canvas that is redrawn when the points or their placement change. */
function usePicture(
  data: MapData,
  rgb: Uint8Array,
  highlighted: Highlighted | undefined,
  dark: boolean,
  { placement, size }: PlacementControls,
  diameter: number,
) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const renderer = useRef<PointRenderer>(undefined);
  const [kind, setKind] = useState<PointRenderer['kind']>();
  /** Incremented when the graphics context is lost. */
  const [lost, setLost] = useState(0);
  useEffect(() => {
    const made = createRenderer(canvas.current!, data);
    renderer.current = made;
    setKind(made.kind);
    const node = canvas.current!;
    const onLost = (event: Event) => event.preventDefault();
    const onRestored = () => setLost((n) => n + 1);
    node.addEventListener('webglcontextlost', onLost);
    node.addEventListener('webglcontextrestored', onRestored);
    return () => {
      node.removeEventListener('webglcontextlost', onLost);
      node.removeEventListener('webglcontextrestored', onRestored);
      made.dispose();
    };
  }, [data, lost]);
  useEffect(() => renderer.current?.setColours(rgb), [data, lost, rgb]);
  useEffect(() => renderer.current?.setHighlighted(highlighted), [data, lost, highlighted]);
  const dimmed = useMemo(() => bytesOf(dark ? 'oklch(0.5 0.01 260)' : 'oklch(0.75 0.01 90)'), [dark]);
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const node = canvas.current;
      if (!node || size.width === 0) return;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (node.width !== width) node.width = width;
      if (node.height !== height) node.height = height;
      renderer.current?.draw({ placement, size, ratio, diameter, dimmed });
    });
    return () => cancelAnimationFrame(frame);
  });
  return { canvas: <canvas ref={canvas} class="map-canvas" />, kind };
}

/** CSS pixels: points are larger if there are few, and when zoomed in. */
function diameterOf(papers: number, pixels: number, zoom: number): number {
  const room = Math.sqrt(pixels / Math.max(1, papers));
  return Math.min(14, Math.min(7, Math.max(2, 0.55 * room)) * zoom ** 0.4);
}

function keyActions(view: PlacementControls, cancel: () => void): Readonly<Record<string, () => void>> {
  const zoomIn = () => view.zoomBy(KEY_ZOOM);
  const zoomOut = () => view.zoomBy(1 / KEY_ZOOM);
  return {
    ArrowLeft: () => view.panBy(KEY_PAN, 0),
    ArrowRight: () => view.panBy(-KEY_PAN, 0),
    ArrowUp: () => view.panBy(0, KEY_PAN),
    ArrowDown: () => view.panBy(0, -KEY_PAN),
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    '0': view.reset,
    Escape: cancel,
  };
}

interface PaperCardProps {
  readonly paper: Paper;
  readonly at: Point;
  readonly size: { readonly width: number; readonly height: number };
  /** Whether to show a link to the paper: touch has no separate hover. */
  readonly withLink: boolean;
}

/** The card of the hovered point. */
function PaperCard({ paper, at: [x, y], size, withLink }: PaperCardProps) {
  const { id, title, authors, venue, year } = paper;
  // Placed on the side with more room.
  const side = x < size.width / 2 ? { left: `${x + 14}px` } : { right: `${size.width - x + 14}px` };
  const level = y < size.height / 2 ? { top: `${y + 8}px` } : { bottom: `${size.height - y + 8}px` };
  return (
    <div class={withLink ? 'map-card' : 'map-card map-card-passive'} style={{ ...side, ...level }}>
      <p class="map-card-title">
        {withLink ? (
          <a href={paperPath(id)}>
            <PaperText text={title} />
          </a>
        ) : (
          <PaperText text={title} />
        )}
      </p>
      {authors.length > 0 && <p>{formatAuthors(authors, 3)}</p>}
      <p>{[venue, year].filter(Boolean).join(', ')}</p>
    </div>
  );
}
