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
