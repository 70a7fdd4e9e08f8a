/** Shown instead of a view whose code could not be loaded: the server is down, or has a newer page. */
export function LoadFailed() {
  return (
    <div class="state failure" role="alert">
      <h1>This part of the page could not be loaded</h1>
      <p>The server does not answer, or it has a newer version of this page.</p>
      <button type="button" onClick={() => location.reload()}>
        Reload the page
      </button>
    </div>
  );
}
