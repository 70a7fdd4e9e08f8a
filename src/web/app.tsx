import type { ComponentType } from 'preact';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { LiveRegion } from './announce.tsx';
import { Header } from './components/header.tsx';
import { KeysDialog } from './components/keys-dialog.tsx';
import { OWN_PATHS } from './paths.ts';
import { LoadFailed } from './views/load-failed.tsx';
import { NotFound } from './views/not-found.tsx';
import { SearchView } from './views/search.tsx';

/** A view that is loaded when it is opened. When that fails, the page says so. */
const view = (load: () => Promise<ComponentType>) => lazy(() => load().catch(() => LoadFailed));

// Search is what most come for; the others are loaded when they are opened.
const PaperView = view(() => import('./views/paper.tsx').then(({ PaperView }) => PaperView));
const TrayView = view(() => import('./views/tray.tsx').then(({ TrayView }) => TrayView));
const MapView = view(() => import('./views/map.tsx').then(({ MapView }) => MapView));
const ProgrammeView = view(() => import('./views/programme.tsx').then(({ ProgrammeView }) => ProgrammeView));

/** A new view is read from its beginning, unless it puts the focus somewhere itself. */
function focusMain(): void {
  if (document.activeElement === document.body) document.getElementById('main')?.focus();
}

/** The whole page: what stands around the views, and which view a URL shows. */
export function App() {
  return (
    <LocationProvider scope={OWN_PATHS}>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary>
          <Router onRouteChange={focusMain}>
            <Route path="/" component={SearchView} />
            <Route path="/paper/:id+" component={PaperView} />
            <Route path="/tray" component={TrayView} />
            <Route path="/map" component={MapView} />
            <Route path="/programme" component={ProgrammeView} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </main>
      <KeysDialog />
      <LiveRegion />
    </LocationProvider>
  );
}
