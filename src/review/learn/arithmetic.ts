const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm of a positive, normal number, by additions, multiplications and divisions only. `Math.log` may
 * differ in its last digit between machines, which could swap two papers in a replay. Accurate to about 1e-15.
 *
 * x = 2^e · m with m in [√½, √2), and ln m = 2 · artanh((m - 1) / (m + 1)) as its series.
 */
export function ln(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let power = z;
  let sum = 0;
  for (let n = 1; n < 24; n += 2) {
    sum += power / n;
    power *= square;
  }
  return exponent * Math.LN2 + 2 * sum;
}

/**
 * e to the power of x, by additions, multiplications and divisions only, accurate to about 1e-15. Beyond ±700, that of
 * ±700.
 *
 * x = k · ln 2 + r with |r| ≤ ½ ln 2, and e^r as its Taylor series.
 */
export function exp(x: number): number {
  const bounded = x > 700 ? 700 : x < -700 ? -700 : x;
  const doublings = Math.round(bounded / Math.LN2);
  const rest = bounded - doublings * Math.LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 18; n++) {
    term *= rest / n;
    sum += term;
  }
  bits.setUint32(0, (doublings + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}
