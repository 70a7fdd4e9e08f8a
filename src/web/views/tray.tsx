import { useTitle } from '../title.ts';

/** Not built yet. */
export function TrayView() {
  useTitle('Tray');
  return (
    <section class="notice-page">
      <h1>Tray</h1>
      <p>This is not built yet.</p>
    </section>
  );
}
