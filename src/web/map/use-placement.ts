import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Box, fitInto, type Placement, type Size } from './geometry.ts';

/** Zoom limits; 1 shows the whole map. */
const ZOOMS: [number, number] = [0.7, 80];
/** Padding around the whole map, and around a part that is shown, in CSS pixels. */
const PADDING = 28;

/** The placement of the map, and what changes it. */
export interface PlacementControls {
  readonly size: Size;
  readonly placement: Placement;
  /** Zoom: 1 for the whole map. */
  readonly zoom: number;
  readonly zoomBy: (factor: number) => void;
  /** By CSS pixels. */
  readonly panBy: (dx: number, dy: number) => void;
  readonly reset: () => void;
  /** Shows a part of the map as large as possible. */
  readonly show: (box: Box) => void;
}

/**
 * Pans and zooms an element by mouse, wheel and touch, and returns the placement of the map.
 * @param whole the first view. @param isFree whether an event may pan; other events are handled elsewhere.
 */
export function usePlacement(
  element: RefObject<HTMLElement | null>,
  whole: Box,
  isFree: (event: Event) => boolean,
): PlacementControls {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const free = useRef(isFree);
  free.current = isFree;
  const behaviour = useRef<ZoomBehavior<HTMLElement, unknown>>(undefined);

  useEffect(() => {
    const node = element.current!;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent(ZOOMS)
      .filter((event: Event) => free.current(event))
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => setTransform(event.transform));
    behaviour.current = zooming;
    // A click opens a paper, so a double click must not zoom.
    select(node).call(zooming).on('dblclick.zoom', null);
    const observer = new ResizeObserver(() =>
      setSize({ width: node.clientWidth, height: node.clientHeight }),
    );
    observer.observe(node);
    return () => {
      observer.disconnect();
      select(node).on('.zoom', null);
    };
  }, []);

  const base = useMemo(() => fitInto(whole, size, PADDING), [whole, size]);
  const { k, x, y } = transform;
  const placement = { scale: k * base.scale, dx: k * base.dx + x, dy: k * base.dy + y };
  const selection = () => select(element.current!);
  return {
    size,
    placement,
    zoom: k,
    zoomBy: (factor) => behaviour.current?.scaleBy(selection(), factor),
    panBy: (dx, dy) => behaviour.current?.translateBy(selection(), dx / k, dy / k),
    reset: () => behaviour.current?.transform(selection(), zoomIdentity),
    show(box) {
      const wanted = fitInto(box, size, PADDING * 2);
      const factor = Math.min(ZOOMS[1], wanted.scale / base.scale);
      const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const next = zoomIdentity
        .translate(size.width / 2, size.height / 2)
        .scale(factor)
        .translate(-(base.scale * middleX + base.dx), -(base.scale * middleY + base.dy));
      behaviour.current?.transform(selection(), next);
    },
  };
}
