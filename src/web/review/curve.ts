import type { Progress } from '../../review/service.ts';

export type CurvePoint = Progress['curve'][number];

/** Width and height of the drawing of a curve. */
export const CURVE_SIZE = { width: 320, height: 160 } as const;

/** The recall curve as paths in a drawing of CURVE_SIZE: papers read to the right, recall from 0 to 1 upwards. */
export interface CurvePaths {
  readonly line: string;
  /** The interval around it. */
  readonly band: string;
}

/** @param papers in the pool: the whole width. */
export function curvePaths(curve: readonly CurvePoint[], papers: number): CurvePaths | undefined {
  if (curve.length === 0 || papers === 0) return undefined;
  const at = ({ screened }: CurvePoint, recall: number) =>
    `${rounded((Math.min(screened, papers) / papers) * CURVE_SIZE.width)},${rounded((1 - bounded(recall)) * CURVE_SIZE.height)}`;
  const upper = curve.map((point) => at(point, point.high));
  const lower = curve.map((point) => at(point, point.low)).reverse();
  return {
    line: `M${curve.map((point) => at(point, point.recall)).join('L')}`,
    band: `M${[...upper, ...lower].join('L')}Z`,
  };
}

function bounded(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
