import './styles/main.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { linkWithinLibrary } from './library.ts';
import { keepCollections } from './shelf/load.ts';

linkWithinLibrary();
keepCollections();
render(<App />, document.getElementById('app')!);
