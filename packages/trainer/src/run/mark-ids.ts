/** Marks the ids that occur in a column with 1, `[id]`. */
export function markIds(column: Int32Array, count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (let row = 0; row < column.length; row++) marks[column[row]!] = 1;
  return marks;
}
