import { useTitle } from '../title.ts';

/** Not built yet. */
export function ProgrammeView() {
  useTitle('Programme');
  return (
    <section class="notice-page">
      <h1>Programme</h1>
      <p>This is not built yet.</p>
    </section>
  );
}
