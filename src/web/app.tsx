import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { LiveRegion } from './announce.tsx';
import { Header } from './components/header.tsx';
import { KeysDialog } from './components/keys-dialog.tsx';
import { OWN_PATHS } from './paths.ts';
import { NotFound } from './views/not-found.tsx';
import { SearchView } from './views/search.tsx';

// Search is what most come for; the others are loaded when they are opened.
const PaperView = lazy(() => import('./views/paper.tsx').then(({ PaperView }) => PaperView));
const TrayView = lazy(() => import('./views/tray.tsx').then(({ TrayView }) => TrayView));
const MapView = lazy(() => import('./views/map.tsx').then(({ MapView }) => MapView));
const ProgrammeView = lazy(() => import('./views/programme.tsx').then(({ ProgrammeView }) => ProgrammeView));

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
          <Router>
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
