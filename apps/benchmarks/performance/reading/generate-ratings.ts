import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng, createWeightedChoice, type Rng } from '@footlight/core';
import { createFolder } from '@footlight/core/files';
import { openRatingsWriter } from './ratings-writer.js';

/** Number of ratings in MovieLens 20M. */
export const allRatings = 20_000_263;

// Further sizes of MovieLens 20M.
const allUsers = 138_493;
const itemCount = 26_744;
const minimumPerUser = 20;
const maximumPerUser = 9_254;
const largestItemId = 131_262;
const allHeldOut = 10_000;

/** Generated files. */
export interface GeneratedFiles {
  readonly csv: string;
  /** Archive with the same file; absent where neither `zip` nor Python is installed to create it. */
  readonly zip?: string;
}

/** Number of users to hold out for validation, and as many for testing: 10,000 of MovieLens 20M. */
export function countHeldOutUsers(ratings: number): number {
  return Math.round(allHeldOut * (ratings / allRatings));
}

/** Writes `ml-20m/ratings.csv` and `ml-20m.zip` into the folder, unless they exist. The bytes are always the same. */
export function generateRatings(folder: string, ratings: number): GeneratedFiles {
  const inside = join(folder, 'ml-20m');
  const csv = join(inside, 'ratings.csv');
  const zip = join(folder, 'ml-20m.zip');
  createFolder(inside);
  if (!existsSync(csv)) {
    writeFileSync(join(inside, 'movies.csv'), formatMovies());
    writeComplete(csv, (path) => writeRatings(path, ratings));
  }
  if (!existsSync(zip)) writeComplete(zip, (path) => createArchive(folder, path));
  return existsSync(zip) ? { csv, zip } : { csv };
}

/** Writes a file under a temporary name, and renames it when it is complete. */
function writeComplete(path: string, write: (path: string) => boolean): void {
  const partial = `${path}.part`;
  rmSync(partial, { force: true });
  console.error(`bench: writes ${path}`);
  if (write(partial)) renameSync(partial, path);
}

function createArchive(folder: string, path: string): boolean {
  const programs = [
    ['zip', '-q', '-r', '-', 'ml-20m'],
    ['python3', '-m', 'zipfile', '-c', '/dev/stdout', 'ml-20m'],
  ] as const;
  for (const [program, ...args] of programs) {
    const file = openSync(path, 'w');
    const { status } = spawnSync(program, args, { cwd: folder, stdio: ['ignore', file, 'ignore'] });
    closeSync(file);
    if (status === 0) return true;
  }
  return false;
}

function formatMovies(): string {
  const lines = Array.from({ length: itemCount }, (_, item) => `${getItemId(item)},Film ${item} (1995),Drama`);
  return `movieId,title,genres\n${lines.join('\n')}\n`;
}

/** Item ids with gaps: the archive also numbers films without ratings. */
function getItemId(item: number): number {
  return 1 + Math.floor((item * (largestItemId - 1)) / (itemCount - 1));
}

function writeRatings(path: string, ratings: number): boolean {
  const rng = createRng('ratings.csv');
  const counts = drawCounts(rng.fork('counts'), ratings);
  const drawItem = createWeightedChoice(Float64Array.from({ length: itemCount }, (_, item) => 1 / (item + 30)));
  // Percentages of the ratings 0.5, 1.0, … 5.0.
  const drawRating = createWeightedChoice([1.2, 3.4, 1.4, 7.2, 4.4, 21.4, 11, 27.8, 7.7, 14.5]);
  const itemRng = rng.fork('items');
  const ratingRng = rng.fork('ratings');
  const timeRng = rng.fork('times');
  const lines = openRatingsWriter(path, 'userId,movieId,rating,timestamp\n');
  const lastUser = new Int32Array(itemCount).fill(-1); // who rated an item last
  for (let user = 0; user < counts.length; user++) {
    const items = new Int32Array(counts[user]!);
    for (let at = 0; at < items.length; ) {
      const item = at === 0 ? user % itemCount : drawItem(itemRng); // every film gets a rating
      if (lastUser[item] === user) continue;
      lastUser[item] = user;
      items[at++] = item;
    }
    items.sort();
    const firstTime = 800_000_000 + timeRng.integer(620_000_000);
    for (const item of items)
      lines.add(user + 1, getItemId(item), drawRating(ratingRng) + 1, firstTime + timeRng.integer(10_000));
  }
  lines.end();
  return true;
}

/** Numbers of ratings per user: many users have few, and few have thousands. They sum to `ratings`. */
function drawCounts(rng: Rng, ratings: number): Int32Array {
  const userCount = Math.round(allUsers * (ratings / allRatings));
  const weights = Float64Array.from({ length: userCount }, () => Math.exp(rng.normal(0, 1.4)));
  const scale = (ratings - minimumPerUser * userCount) / weights.reduce((sum, weight) => sum + weight, 0);
  const counts = Int32Array.from(weights, (weight) =>
    Math.min(maximumPerUser, minimumPerUser + Math.floor(scale * weight)),
  );
  let missing = ratings - counts.reduce((sum, count) => sum + count, 0);
  for (let user = 0; missing > 0; user = (user + 1) % userCount) {
    if (counts[user] === maximumPerUser) continue;
    counts[user]!++;
    missing--;
  }
  return counts;
}
