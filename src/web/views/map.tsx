import { useTitle } from '../title.ts';

/** Not built yet. */
export function MapView() {
  useTitle('Map');
  return (
    <section class="notice-page">
      <h1>Map</h1>
      <p>This is not built yet.</p>
    </section>
  );
}
