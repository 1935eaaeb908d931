import { erfc, erfcx } from './erf.js';

/** Standard normal distribution function. $$ \Phi(x) = \tfrac12 \mathrm{erfc}(-x / \sqrt 2) $$ */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** log Φ(x), which does not underflow. */
export function logNormalCdf(x: number): number {
  if (x > -1) return Math.log1p(-0.5 * erfc(x * Math.SQRT1_2));
  return Math.log(0.5 * erfcx(-x * Math.SQRT1_2)) - 0.5 * x * x;
}

/** log(Φ(b) − Φ(a)) for a ≤ b, exact in both tails. */
export function logNormalMass(a: number, b: number): number {
  if (a > 0) return logNormalMass(-b, -a);
  if (b > 0) return Math.log1p(-normalCdf(a) - normalCdf(-b));
  const [small, large] = [logNormalCdf(a), logNormalCdf(b)];
  return large + Math.log(-Math.expm1(small - large));
}

/**
 * log(Φ(m + h/2) − Φ(m − h/2)), exact for narrow intervals too, where the difference would be rounding.
 *
 * $$ h \varphi(m) \sum_j \frac{h^{2j} \mathrm{He}_{2j}(m)}{4^j (2j + 1)!} $$
 *
 * The series has six terms, where h max(1, |m|) ≤ 1/2.
 */
export function logNormalMassAround(m: number, h: number): number {
  if (h * Math.max(1, Math.abs(m)) > 0.5) return logNormalMass(m - h / 2, m + h / 2);
  let [sum, factor, before, hermite] = [0, 1, m, m * m - 1]; // He₁ and He₂
  for (let j = 1; j < 6; j++) {
    factor *= (h * h) / (8 * j * (2 * j + 1));
    sum += factor * hermite;
    before = m * hermite - 2 * j * before;
    hermite = m * before - (2 * j + 1) * hermite;
  }
  return Math.log(h) - 0.5 * (m * m + Math.log(2 * Math.PI)) + Math.log1p(sum);
}

/*
 * Quantile of the normal distribution. Source: P. J. Acklam, An algorithm for computing the inverse normal cumulative
 * distribution function (2003); its relative error of 1e-9 falls to that of the numbers by one step of Halley's method.
 */
const center = {
  top: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ],
  bottom: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
};
const tail = {
  top: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  bottom: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
};

const evaluate = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, each) => sum * x + each, 0);

/** The x with Φ(x) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const start = p < 0.02425 ? startInTail(p) : startInCenter(p);
  const error = normalCdf(start) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * start * start);
  return Number.isFinite(step) ? start - step / (1 + 0.5 * start * step) : start;
}

function startInCenter(p: number): number {
  const squared = (p - 0.5) ** 2;
  return ((p - 0.5) * evaluate(center.top, squared)) / evaluate(center.bottom, squared);
}

function startInTail(p: number): number {
  const x = Math.sqrt(-2 * Math.log(p));
  return evaluate(tail.top, x) / evaluate(tail.bottom, x);
}

/**
 * Quantile of the standard normal distribution truncated to [a, b].
 *
 * $$ x = \Phi^{-1}(\Phi(a) + u (\Phi(b) - \Phi(a))) $$
 *
 * Beyond 8 deviations the tail is taken as exponential.
 */
export function truncatedNormalQuantile(u: number, a: number, b: number): number {
  if (a > 0) return -truncatedNormalQuantile(1 - u, -b, -a);
  if (b < -8) return Math.max(a, b + Math.log(Math.max(u, Number.MIN_VALUE)) / -b);
  const low = normalCdf(a);
  const p = low + u * (normalCdf(b) - low);
  if (p <= 0) return a;
  const x = p >= 1 ? b : normalQuantile(p);
  return Math.min(b, Math.max(a, x));
}
