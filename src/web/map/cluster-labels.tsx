import { useMemo } from 'preact/hooks';
import type { NamedCluster } from '../../search/map-view.ts';
import { type Placement, type Size, toScreen } from './geometry.ts';
import { type LabelBox, placeLabels } from './labels.ts';

/** Zoom from which there is room for a second line. */
const SECOND_LINE_ZOOM = 1.8;
const FONTS = ['600 13px system-ui, sans-serif', '12px system-ui, sans-serif'] as const;
const LINE_HEIGHT = 16;

interface ClusterLabelsProps {
  readonly clusters: readonly NamedCluster[];
  readonly placement: Placement;
  readonly size: Size;
  readonly zoom: number;
}

/** Names of clusters at their papers, as far as they do not overlap. */
export function ClusterLabels({ clusters, placement, size, zoom }: ClusterLabelsProps) {
  const texts = useMemo(() => labelLines(clusters), [clusters]);
  const lines = zoom >= SECOND_LINE_ZOOM ? 2 : 1;
  const boxes = texts.map((parts, i) => {
    const shown = parts.slice(0, lines);
    const [x, y] = toScreen(placement, [clusters[i]!.x, clusters[i]!.y]);
    const width = Math.max(...shown.map(({ width }) => width));
    return { x, y, width, height: LINE_HEIGHT * shown.length };
  });
  const labels = placeLabels(boxes, size, [zoomButtonsIn(size)]);
  return (
    <div class="map-labels" aria-hidden="true">
      {clusters.map(({ name }, i) =>
        labels[i] ? (
          <div key={name} class="map-label" style={{ transform: placed(labels[i]) }}>
            {texts[i]!.slice(0, lines).map(({ text }) => (
              <span key={text}>{text}</span>
            ))}
          </div>
        ) : null,
      )}
    </div>
  );
}

/** The corner with the buttons. */
function zoomButtonsIn({ width }: Size): LabelBox {
  return { x: width - 28, y: 70, width: 56, height: 140 };
}

function placed({ x, y }: { readonly x: number; readonly y: number }): string {
  return `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
}

/** Two terms of each cluster with their widths in CSS pixels. A term that is already on the map comes second. */
function labelLines(
  clusters: readonly NamedCluster[],
): { readonly text: string; readonly width: number }[][] {
  const context = document.createElement('canvas').getContext('2d')!;
  const taken = new Set<string>();
  return clusters.map(({ terms, name }) => {
    const texts = terms.length > 0 ? terms : [name];
    const fresh = texts.filter((text) => !taken.has(text));
    const lines = [...fresh, ...texts.filter((text) => taken.has(text))].slice(0, FONTS.length);
    taken.add(lines[0]!);
    return lines.map((text, line) => {
      context.font = FONTS[line]!;
      return { text, width: context.measureText(text).width };
    });
  });
}
