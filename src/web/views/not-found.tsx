import { useTitle } from '../title.ts';

/** Shown for an unknown URL. */
export function NotFound() {
  useTitle('Not found');
  return (
    <section class="notice-page">
      <h1>Page not found</h1>
      <p>
        <a href="/">Search the papers</a> instead.
      </p>
    </section>
  );
}
