import { lazyPart } from '../use-lazy.ts';

/** KaTeX is large, and most lists have no formula. */
const useRender = lazyPart(() => import('../maths/render.tsx'));

/** A formula as MathML. Until KaTeX has loaded, and for what it cannot set, its plain form. */
export function Maths({ tex, plain }: { tex: string; plain: string }) {
  const render = useRender(true);
  return <>{render?.renderMaths(tex) ?? plain}</>;
}
