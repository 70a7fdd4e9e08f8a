import './styles/main.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { linkWithinLibrary } from './library.ts';

linkWithinLibrary();
render(<App />, document.getElementById('app')!);
