export type { SnapshotMeta } from './store/snapshot-meta.ts';
export {
  openSnapshot as currentSnapshot,
  type StoredSnapshot as CurrentSnapshot,
} from './store/snapshots.ts';
