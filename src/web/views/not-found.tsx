import { useTitle } from '../title.ts';

/** Shown for a URL that is none of the page's. */
export function NotFound() {
  useTitle('Not found');
  return (
    <section class="notice-page">
      <h1>There is nothing here</h1>
      <p>
        <a href="/">Search the papers</a> instead.
      </p>
    </section>
  );
}
