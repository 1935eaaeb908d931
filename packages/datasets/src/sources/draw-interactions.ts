import { createWeightedChoice, fillNormal, type Rng } from '@footlight/core';
import { createProgressReporter } from '../readers/progress-reporter.js';
import type { Interactions, LoadOptions } from '../types.js';

const FIRST_SECOND = 788_918_400; // 1995-01-01
const SECONDS = 631_152_000; // twenty years
const USERS_BETWEEN_REPORTS = 1024;

/** The size and the distribution of synthetic interactions; see `SyntheticInteractionsOptions`. */
export interface SyntheticShape {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly popularityExponent: number;
  readonly latentDim: number;
  readonly tasteStrength: number;
  readonly activityDeviation: number;
}

/** Draws the interactions user by user. */
export function drawInteractions(
  shape: SyntheticShape,
  { rng: parent, onProgress, signal }: LoadOptions,
): Interactions {
  const { users: userCount, items: itemCount, interactions: count, latentDim } = shape;
  const rng = parent.fork('synthetic-scale');
  const counts = drawActivity(shape, rng.fork('activity'));
  const traits = fillNormal(new Float64Array(itemCount * latentDim), rng.fork('traits')); // [item, dim]
  const drawItem = createItemSamplers(shape, traits, rng.fork('popularity'));
  const tastes = new Float64Array(latentDim); // of one user, adding up to 1
  const lastUsers = new Int32Array(itemCount); // the last user of each item, from 1
  const users = new Int32Array(count);
  const items = new Int32Array(count);
  const ratings = new Float32Array(count);
  const timestamps = new Float64Array(count);
  const report = createProgressReporter(onProgress, { label: 'draw interactions', total: count, unit: 'rows' });
  const tasteRng = rng.fork('tastes');
  const rows = rng.fork('rows');
  let row = 0;
  for (let user = 0; user < userCount; user++) {
    drawTastes(tastes, tasteRng);
    const pause = SECONDS / 20 / counts[user]!; // a user is active for about a year
    let second = FIRST_SECOND + Math.floor(rows.next() * (SECONDS * 0.9));
    for (const end = row + counts[user]!; row < end; row++) {
      const item = drawNewItem(drawItem, tastes, lastUsers, user + 1, rows);
      users[row] = user;
      items[row] = item;
      ratings[row] = rate(tastes, traits, item * latentDim, shape.tasteStrength, rows);
      timestamps[row] = second;
      second += Math.floor(2 * pause * rows.next());
    }
    if (user % USERS_BETWEEN_REPORTS === 0) {
      signal?.throwIfAborted();
      report(row);
    }
  }
  report(row, true);
  const numbers = (length: number): Int32Array => Int32Array.from({ length }, (_, id) => id);
  return {
    catalogue: { userCount, itemCount, userIds: numbers(userCount), itemIds: numbers(itemCount) },
    users,
    items,
    ratings,
    timestamps,
  };
}

/** Draws the number of interactions of each user: log-normal, from 1 to half of the items, with the given sum. */
function drawActivity({ users, items, interactions, activityDeviation }: SyntheticShape, rng: Rng): Int32Array {
  const weights = fillNormal(new Float64Array(users), rng).map((normal) => Math.exp(activityDeviation * normal));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const most = Math.floor(items / 2);
  const counts = Int32Array.from(weights, (weight) =>
    Math.min(most, Math.max(1, Math.floor((interactions * weight) / total))),
  );
  let missing = interactions - counts.reduce((sum, count) => sum + count, 0);
  // Rounding and the two bounds have changed the sum; it is restored in equal parts, as far as the bounds allow.
  while (missing !== 0) {
    const part = Math.sign(missing) * Math.max(1, Math.floor(Math.abs(missing) / users));
    for (let user = 0; user < users && missing !== 0; user++) {
      const before = counts[user]!;
      counts[user] = Math.min(most, Math.max(1, before + (Math.abs(part) > Math.abs(missing) ? missing : part)));
      missing -= counts[user]! - before;
    }
  }
  return counts;
}

/** One weighted sampler of items per taste. */
function createItemSamplers(
  { items, latentDim, popularityExponent, tasteStrength }: SyntheticShape,
  traits: Float64Array,
  rng: Rng,
): ((rng: Rng) => number)[] {
  // Shuffled, otherwise items with low ids would be the popular ones.
  const ranks = rng.shuffle(Int32Array.from({ length: items }, (_, at) => at + 1));
  return Array.from({ length: latentDim }, (_, taste) =>
    createWeightedChoice(
      Float64Array.from(
        ranks,
        (rank, item) => rank ** -popularityExponent * Math.exp(tasteStrength * traits[item * latentDim + taste]!),
      ),
    ),
  );
}

/**
 * Draws the tastes of a user: the softmax of normal numbers with deviation 2, so that most users have one or two strong
 * tastes.
 */
function drawTastes(tastes: Float64Array, rng: Rng): void {
  fillNormal(tastes, rng, 0, 2);
  let total = 0;
  for (let taste = 0; taste < tastes.length; taste++) {
    tastes[taste] = Math.exp(tastes[taste]!);
    total += tastes[taste]!;
  }
  for (let taste = 0; taste < tastes.length; taste++) tastes[taste] = tastes[taste]! / total;
}

/** Draws an item that is new to the user. After 50 attempts, the next new item by id is taken. */
function drawNewItem(
  drawItem: readonly ((rng: Rng) => number)[],
  tastes: Float64Array,
  lastUsers: Int32Array,
  user: number,
  rng: Rng,
): number {
  let item = 0;
  for (let attempt = 0; attempt < 50; attempt++) {
    let share = rng.next();
    let taste = 0;
    while (taste < tastes.length - 1 && share >= tastes[taste]!) share -= tastes[taste++]!;
    item = drawItem[taste]!(rng);
    if (lastUsers[item] !== user) break;
  }
  while (lastUsers[item] === user) item = (item + 1) % lastUsers.length;
  lastUsers[item] = user;
  return item;
}

function rate(tastes: Float64Array, traits: Float64Array, from: number, strength: number, rng: Rng): number {
  let liking = 0;
  for (let taste = 0; taste < tastes.length; taste++) liking += tastes[taste]! * traits[from + taste]!;
  const noise = rng.next() + rng.next() + rng.next() - 1.5; // deviation one half
  return Math.min(5, Math.max(0.5, Math.round(2 * (3.5 + strength * liking + noise)) / 2));
}
