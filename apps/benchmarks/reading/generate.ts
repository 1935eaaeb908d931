import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createRng, createWeightedChoice, type Rng } from '@footlight/core';

/** The sizes of MovieLens 20M. */
const ROWS = 20_000_263;
const USERS = 138_493;
const ITEMS = 26_744;
const FEWEST = 20; // ratings of a user
const MOST = 9_254;
const LARGEST_ITEM_ID = 131_262;

/** What is read: one file, or the archive that holds it. */
export interface Generated {
  readonly csv: string;
  /** Absent where neither `zip` nor Python is there to make it. */
  readonly zip?: string;
}

/** Writes `ml-20m/ratings.csv` and `ml-20m.zip` into the folder, unless they are there. The same bytes every time. */
export function generate(folder: string): Generated {
  const inside = join(folder, 'ml-20m');
  const csv = join(inside, 'ratings.csv');
  const zip = join(folder, 'ml-20m.zip');
  mkdirSync(inside, { recursive: true });
  if (!existsSync(csv)) {
    writeFileSync(join(inside, 'movies.csv'), movies());
    whenWhole(csv, writeRatings);
  }
  if (!existsSync(zip)) whenWhole(zip, (path) => pack(folder, path));
  return existsSync(zip) ? { csv, zip } : { csv };
}

/** A file gets its name once it is complete. */
function whenWhole(path: string, write: (path: string) => boolean): void {
  const begun = `${path}.part`;
  rmSync(begun, { force: true });
  console.error(`reading: writes ${path}`);
  if (write(begun)) renameSync(begun, path);
}

function pack(folder: string, path: string): boolean {
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

function movies(): string {
  const lines = Array.from({ length: ITEMS }, (_, item) => `${itemId(item)},Film ${item} (1995),Drama`);
  return `movieId,title,genres\n${lines.join('\n')}\n`;
}

/** Ids with gaps, as films have them that were counted before they were rated. */
function itemId(item: number): number {
  return 1 + Math.floor((item * (LARGEST_ITEM_ID - 1)) / (ITEMS - 1));
}

function writeRatings(path: string): boolean {
  const rng = createRng('ratings.csv');
  const counts = ratingsPerUser(rng.fork('counts'));
  const drawItem = createWeightedChoice(Float64Array.from({ length: ITEMS }, (_, item) => 1 / (item + 30)));
  const drawRating = createWeightedChoice([1.2, 3.4, 1.4, 7.2, 4.4, 21.4, 11, 27.8, 7.7, 14.5]); // percent of 0.5, 1.0, … 5.0
  const itemRng = rng.fork('items');
  const ratingRng = rng.fork('ratings');
  const timeRng = rng.fork('times');
  const lines = lineWriter(path, 'userId,movieId,rating,timestamp\n');
  const met = new Int32Array(ITEMS).fill(-1);
  for (let user = 0; user < USERS; user++) {
    const items = new Int32Array(counts[user]!);
    for (let at = 0; at < items.length; ) {
      const item = at === 0 ? user % ITEMS : drawItem(itemRng); // so that every film is rated
      if (met[item] === user) continue;
      met[item] = user;
      items[at++] = item;
    }
    items.sort();
    const signedUp = 800_000_000 + timeRng.integer(620_000_000);
    for (const item of items)
      lines.add(user + 1, itemId(item), drawRating(ratingRng) + 1, signedUp + timeRng.integer(10_000));
  }
  lines.end();
  return true;
}

/** Many users with few ratings, few with thousands; `ROWS` in all. */
function ratingsPerUser(rng: Rng): Int32Array {
  const wanted = Float64Array.from({ length: USERS }, () => Math.exp(rng.normal(0, 1.4)));
  const scale = (ROWS - FEWEST * USERS) / wanted.reduce((sum, weight) => sum + weight, 0);
  const counts = Int32Array.from(wanted, (weight) => Math.min(MOST, FEWEST + Math.floor(scale * weight)));
  let missing = ROWS - counts.reduce((sum, count) => sum + count, 0);
  for (let user = 0; missing > 0; user = (user + 1) % USERS) {
    if (counts[user] === MOST) continue;
    counts[user]!++;
    missing--;
  }
  return counts;
}

/** Digits go into a buffer, without a string per line. */
function lineWriter(
  path: string,
  header: string,
): { add(user: number, item: number, halfStars: number, time: number): void; end(): void } {
  const file = openSync(path, 'w');
  const buffer = Buffer.alloc(1 << 22);
  let at = buffer.write(header);
  const flush = (): void => {
    for (let from = 0; from < at; ) from += writeSync(file, buffer, from, at - from);
    at = 0;
  };
  const digits = (value: number, after: number): void => {
    let length = 1;
    for (let power = 10; power <= value; power *= 10) length++;
    let rest = value;
    for (let place = at + length - 1; place >= at; place--) {
      const tens = Math.floor(rest / 10);
      buffer[place] = 48 + rest - 10 * tens;
      rest = tens;
    }
    at += length;
    buffer[at++] = after;
  };
  const [comma, point, newline] = [44, 46, 10];
  return {
    add(user, item, halfStars, time) {
      if (at > buffer.length - 64) flush();
      digits(user, comma);
      digits(item, comma);
      digits(halfStars >> 1, point);
      digits(5 * (halfStars & 1), comma);
      digits(time, newline);
    },
    end() {
      flush();
      closeSync(file);
    },
  };
}
