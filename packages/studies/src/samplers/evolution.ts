import type { Rng } from '@footlight/core';
import { decomposeSymmetric, type Eigen } from '../numeric/eigen.js';

/** A point and its loss. */
export interface Solution {
  readonly point: readonly number[];
  readonly loss: number;
}

/** Distribution of an evolution strategy over the unit cube. */
export interface Evolution {
  readonly population: number;
  readonly generation: number;
  /** Draws a point of the cube; draws that fall outside are repeated, at last moved to its faces. */
  draw(rng: Rng): number[];
  /** Advances by one generation of `population` solutions. */
  advance(solutions: readonly Solution[]): void;
}

/**
 * Covariance matrix adaptation evolution strategy (CMA-ES) with active update.
 *
 * $$ x \sim m + \sigma \mathcal N(0, C), \quad m \leftarrow m + \sigma \sum_{i \le \mu} w_i y_{i:\lambda} $$
 *
 * The step size σ follows the length of the path of the mean, and C gains the rank-one matrix of that path and the
 * weighted outer products of all steps y; the worse half has negative weights. It begins in the middle with σ = 1/6.
 *
 * @source Hansen, The CMA Evolution Strategy: A Tutorial, https://arxiv.org/abs/1604.00772 (equations 41 to 58)
 */
export function createEvolution(size: number, population: number = 4 + Math.floor(3 * Math.log(size))): Evolution {
  const { weights, parents, mass, rankOne, rankMu, cumulation, stepCumulation, damping } = chooseRates(
    size,
    population,
  );
  const expected = Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size ** 2)); // E‖N(0, I)‖
  let [sigma, generation] = [1 / 6, 0];
  const mean = new Array<number>(size).fill(0.5);
  let covariance: number[][] = mean.map((_, row) => mean.map((__, column) => (row === column ? 1 : 0)));
  const [stepPath, path] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  let eigen: Eigen | undefined;

  const decompose = (): Eigen => {
    eigen ??= decomposeSymmetric(covariance);
    return eigen;
  };
  const deviations = (): number[] => decompose().values.map((value) => Math.sqrt(Math.max(value, 1e-20)));

  function drawAnywhere(rng: Rng): number[] {
    const scaled = deviations().map((deviation) => deviation * rng.normal());
    return mean.map((center, row) => center + sigma * dot(decompose().vectors[row]!, scaled));
  }

  /** C^(−1/2) · y */
  function whiten(step: readonly number[]): number[] {
    const { vectors } = decompose();
    const scaled = deviations().map(
      (deviation, column) => step.reduce((sum, each, row) => sum + vectors[row]![column]! * each, 0) / deviation,
    );
    return step.map((_, row) => dot(vectors[row]!, scaled));
  }

  return {
    population,
    get generation() {
      return generation;
    },
    draw(rng) {
      for (let attempt = 0; attempt < 10 * size; attempt++) {
        const point = drawAnywhere(rng);
        if (point.every((place) => place >= 0 && place <= 1)) return point;
      }
      return drawAnywhere(rng).map((place) => Math.min(1, Math.max(0, place)));
    },
    advance(solutions) {
      generation++;
      const sorted = [...solutions].sort((one, other) => one.loss - other.loss);
      const steps = sorted.map(({ point }) => point.map((place, at) => (place - mean[at]!) / sigma));
      const move = mean.map((_, at) =>
        steps.reduce((sum, y, k) => (k < parents ? sum + weights[k]! * y[at]! : sum), 0),
      );
      const white = whiten(move);
      const lengths = steps.map((y) => dot(whiten(y), whiten(y)));
      for (let at = 0; at < size; at++) {
        mean[at]! += sigma * move[at]!;
        stepPath[at] =
          (1 - stepCumulation) * stepPath[at]! + Math.sqrt(stepCumulation * (2 - stepCumulation) * mass) * white[at]!;
      }
      const length = Math.sqrt(dot(stepPath, stepPath));
      sigma = Math.min(1e32, sigma * Math.exp((stepCumulation / damping) * (length / expected - 1)));
      const early = length / Math.sqrt(1 - (1 - stepCumulation) ** (2 * (generation + 1)));
      const isShort = early < (1.4 + 2 / (size + 1)) * expected ? 1 : 0;
      for (let at = 0; at < size; at++)
        path[at] = (1 - cumulation) * path[at]! + isShort * Math.sqrt(cumulation * (2 - cumulation) * mass) * move[at]!;
      const balanced = weights.map((weight, k) => (weight >= 0 ? weight : (weight * size) / (lengths[k]! + 1e-8)));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const remaining = 1 + rankOne * (1 - isShort) * cumulation * (2 - cumulation) - rankOne - rankMu * sum;
      covariance = covariance.map((row, i) =>
        row.map((element, j) => {
          const outer = steps.reduce((total, y, k) => total + balanced[k]! * y[i]! * y[j]!, 0);
          return remaining * element + rankOne * path[i]! * path[j]! + rankMu * outer;
        }),
      );
      eigen = undefined;
    },
  };
}

/** Weights and learning rates: equations 49 to 58 of the tutorial. */
function chooseRates(size: number, population: number) {
  const parents = Math.floor(population / 2);
  const raw = Array.from({ length: population }, (_, at) => Math.log((population + 1) / 2) - Math.log(at + 1));
  const mass = effectiveMass(raw.slice(0, parents));
  const rankOne = 2 / ((size + 1.3) ** 2 + mass);
  const rankMu = Math.min(1 - rankOne - 1e-8, (2 * (mass - 2 + 1 / mass)) / ((size + 2) ** 2 + mass));
  const bound = Math.min(
    1 + rankOne / rankMu,
    1 + (2 * effectiveMass(raw.slice(parents))) / (mass + 2),
    (1 - rankOne - rankMu) / (size * rankMu),
  );
  const total = (sign: number): number => raw.reduce((sum, each) => sum + Math.max(0, sign * each), 0);
  const [positive, negative] = [total(1), total(-1)];
  const weights = raw.map((each) => (each >= 0 ? each / positive : (bound * each) / negative));
  const stepCumulation = (mass + 2) / (size + mass + 5);
  const damping = 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (size + 1)) - 1) + stepCumulation;
  const cumulation = (4 + mass / size) / (size + 4 + (2 * mass) / size);
  return { weights, parents, mass, rankOne, rankMu, cumulation, stepCumulation, damping };
}

/** (Σw)² / Σw² */
function effectiveMass(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, each, at) => sum + each * other[at]!, 0);
}
