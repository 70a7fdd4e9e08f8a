import type { Colours } from './colours.ts';

/** The legend of the colours. */
export function Legend({ legend, isScale }: Pick<Colours, 'legend' | 'isScale'>) {
  if (legend.length === 0) return null;
  return (
    <ul class={isScale ? 'map-legend map-legend-scale' : 'map-legend'} aria-label="Colours">
      {legend.map(({ colour, label }) => (
        <li key={label}>
          <span class="map-swatch" style={{ backgroundColor: colour }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
