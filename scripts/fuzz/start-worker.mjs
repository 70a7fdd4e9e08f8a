// Node 20 does not pass a TypeScript loader to a worker: the worker registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
