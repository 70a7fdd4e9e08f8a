// Node 20 hands a worker no loader of TypeScript: it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
