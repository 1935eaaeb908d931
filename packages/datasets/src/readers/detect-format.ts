/** Formats of files with a table. */
export type TableFormat = 'csv' | 'tsv' | 'json-lines' | 'parquet';

/** The format that the name of a file tells; `csv` where it tells none. */
export function detectFormat(path: string): TableFormat {
  const plain = path.toLowerCase().replace(/\.(gz|zip)$/, '');
  if (plain.endsWith('.parquet')) return 'parquet';
  if (/\.(jsonl|ndjson|json)$/.test(plain)) return 'json-lines';
  return plain.endsWith('.tsv') ? 'tsv' : 'csv';
}
