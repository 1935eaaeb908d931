/*
 * Rational approximations of the error functions with relative errors near 1e-16.
 * Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
 */
const small = {
  top: [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315],
  bottom: [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
};
const middle = {
  top: [
    0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
    2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
  ],
  bottom: [
    15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
    3439.3676741437216, 1230.3393548037495,
  ],
};
const large = {
  top: [
    0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
    0.016315387137302097,
  ],
  bottom: [2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918],
};

/** The quotient of two polynomials; the last coefficient of `top` is that of the highest power. */
function divide({ top, bottom }: typeof small, x: number): number {
  let [numerator, denominator] = [top[top.length - 1]! * x, x];
  for (let i = 0; i < bottom.length - 1; i++) {
    numerator = (numerator + top[i]!) * x;
    denominator = (denominator + bottom[i]!) * x;
  }
  return (numerator + top[bottom.length - 1]!) / (denominator + bottom[bottom.length - 1]!);
}

/**
 * Scaled complementary error function, for x ≥ 0: it does not underflow.
 *
 * $$ \mathrm{erfcx}(x) = e^{x^2} \mathrm{erfc}(x) $$
 */
export function erfcx(x: number): number {
  if (x <= 0.46875) return Math.exp(x * x) * (1 - x * divide(small, x * x));
  if (x <= 4) return divide(middle, x);
  const inverse = 1 / (x * x);
  return (0.5641895835477563 - inverse * divide(large, inverse)) / x;
}

/** Complementary error function. $$ \mathrm{erfc}(x) = \frac{2}{\sqrt\pi} \int_x^\infty e^{-t^2} dt $$ */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.46875) return 1 - x * divide(small, x * x);
  const tail = Math.exp(-x * x) * erfcx(Math.abs(x));
  return x < 0 ? 2 - tail : tail;
}
