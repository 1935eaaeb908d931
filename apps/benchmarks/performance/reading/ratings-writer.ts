import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes lines of a CSV file of ratings. */
export interface RatingsWriter {
  add(user: number, item: number, halfStars: number, time: number): void;
  end(): void;
}

/** Opens a writer that puts digits into a buffer, without a string per line. */
export function openRatingsWriter(path: string, header: string): RatingsWriter {
  const file = openSync(path, 'w');
  const buffer = Buffer.alloc(1 << 22);
  let at = buffer.write(header);
  const flush = (): void => {
    for (let from = 0; from < at; ) from += writeSync(file, buffer, from, at - from);
    at = 0;
  };
  const write = (value: number, separator: number): void => {
    let length = 1;
    for (let power = 10; power <= value; power *= 10) length++;
    let rest = value;
    for (let place = at + length - 1; place >= at; place--) {
      const tens = Math.floor(rest / 10);
      buffer[place] = 48 + rest - 10 * tens;
      rest = tens;
    }
    at += length;
    buffer[at++] = separator;
  };
  const [comma, point, newline] = [44, 46, 10];
  return {
    add(user, item, halfStars, time) {
      if (at > buffer.length - 64) flush();
      write(user, comma);
      write(item, comma);
      write(halfStars >> 1, point);
      write(5 * (halfStars & 1), comma);
      write(time, newline);
    },
    end() {
      flush();
      closeSync(file);
    },
  };
}
