import type { ComponentType } from 'preact';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { Route, Router } from 'preact-iso/router';
import { LiveRegion } from './announce.tsx';
import { Header } from './components/header.tsx';
import { KeysDialog } from './components/keys-dialog.tsx';
import { TokenRequest } from './components/libraries.tsx';
import { LibraryLocation } from './library-location.tsx';
import { LoadFailed } from './views/load-failed.tsx';
import { NotFound } from './views/not-found.tsx';
import { SearchView } from './views/search.tsx';

/** A view that is loaded when it is opened. If loading fails, the page says so. */
const view = (load: () => Promise<ComponentType>) => lazy(() => load().catch(() => LoadFailed));

// Most visits only search; other views are loaded when they are opened.
const PaperView = view(() => import('./views/paper.tsx').then(({ PaperView }) => PaperView));
const CollectionView = view(() =>
  import('./views/collection.tsx').then(({ CollectionView }) => CollectionView),
);
const SharedView = view(() => import('./views/collection.tsx').then(({ SharedView }) => SharedView));
const MapView = view(() => import('./views/map.tsx').then(({ MapView }) => MapView));
const WatchesView = view(() => import('./views/watches.tsx').then(({ WatchesView }) => WatchesView));
const ReviewsView = view(() => import('./views/reviews.tsx').then(({ ReviewsView }) => ReviewsView));
const ScheduleView = view(() => import('./views/schedule.tsx').then(({ ScheduleView }) => ScheduleView));

/** Focuses the main element of a new view, unless the view sets the focus itself. */
function focusMain(): void {
  if (document.activeElement === document.body) document.getElementById('main')?.focus();
}

/** The page: the frame around the views, and the routes. */
export function App() {
  return (
    <LibraryLocation>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary>
          <Router onRouteChange={focusMain}>
            <Route path="/" component={SearchView} />
            <Route path="/paper/:id+" component={PaperView} />
            <Route path="/collection" component={CollectionView} />
            <Route path="/shared/:secret" component={SharedView} />
            <Route path="/map" component={MapView} />
            <Route path="/schedule" component={ScheduleView} />
            <Route path="/watches" component={WatchesView} />
            <Route path="/reviews/:rest*" component={ReviewsView} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </main>
      <KeysDialog />
      <TokenRequest />
      <LiveRegion />
    </LibraryLocation>
  );
}
