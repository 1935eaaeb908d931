import type { Interactions } from '@footlight/datasets';

/** Interactions as CSV with a header: original ids, and the columns that there are. Times are in seconds. */
export function toCsv({ catalogue, users, items, ratings, timestamps, weights }: Interactions): string {
  const columns: readonly (readonly [name: string, read: (row: number) => string])[] = [
    ['user', (row) => quote(catalogue.userIds[users[row]!]!)],
    ['item', (row) => quote(catalogue.itemIds[items[row]!]!)],
    ...(ratings ? [['rating', (row: number) => formatFloat32(ratings[row]!)] as const] : []),
    ...(timestamps ? [['timestamp', (row: number) => String(timestamps[row])] as const] : []),
    ...(weights ? [['weight', (row: number) => formatFloat32(weights[row]!)] as const] : []),
  ];
  const lines = [columns.map(([name]) => name).join(',')];
  for (let row = 0; row < users.length; row++) lines.push(columns.map(([, read]) => read(row)).join(','));
  return `${lines.join('\n')}\n`;
}

/** A field, in quotes where it needs them. */
function quote(id: string | number): string {
  const text = String(id);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shortest decimal that is stored as this number. */
function formatFloat32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
