import { useTitle } from '../title.ts';
/** Soon. */
export function PaperView({ id }: { id: string }) {
  useTitle(id);
  return <h1>{id}</h1>;
}
