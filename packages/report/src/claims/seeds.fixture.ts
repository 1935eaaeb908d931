import type { MetricResult } from '../result.js';

/** The mean and the standard error over seeds of these values. */
export function seeds(...values: number[]): MetricResult {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length * (values.length - 1))), values };
}
