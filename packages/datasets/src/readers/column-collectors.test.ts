import { describe, expect, it } from 'vitest';
import { createIdCollector, createNumberCollector } from './column-collectors.js';

function collectIds(values: readonly unknown[]): unknown {
  const column = createIdCollector('reviews.jsonl', 'asin');
  values.forEach((value, at) => void column.add(value, at + 1));
  return column.take();
}

function collectNumbers(kind: 'float32' | 'float64' | 'date', values: readonly unknown[]): unknown {
  const column = createNumberCollector(kind, 'reviews.jsonl', 'overall');
  values.forEach((value, at) => void column.add(value, at + 1));
  return column.take();
}

describe('createIdCollector', () => {
  it('keeps whole numbers of any type as numbers', () => {
    expect(collectIds([7, '3', 7n, 0])).toEqual(Int32Array.of(7, 3, 7, 0));
    expect(collectIds([7, 2 ** 53 - 1])).toEqual(Float64Array.of(7, 2 ** 53 - 1));
  });

  it('keeps all ids as texts if one is a text', () => {
    expect(collectIds(['B00', 7, '007', 'B00'])).toEqual({
      codes: Int32Array.of(0, 1, 2, 0),
      texts: ['B00', '7', '007'],
    });
  });

  it('collects more rows than fit into a block', () => {
    const ids = Array.from({ length: 20_011 }, (_, row) => row);
    expect(collectIds(ids)).toEqual(Int32Array.from(ids));
  });

  it.each([[undefined], [null], [''], [-1], ['-1'], [{ id: 7 }], [true]])('throws for %s', (value) => {
    expect(() => collectIds(['B00', value])).toThrow(/^reviews\.jsonl \(row 2, column asin\): expected an id/);
  });

  it('names the expected value in the error', () => {
    expect(() => collectIds([''])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: reviews.jsonl (row 1, column asin): expected an id, received nothing. Remove the row or give it an id.]`,
    );
    expect(() => collectIds([-1])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: reviews.jsonl (row 1, column asin): expected an id (a whole number from 0, or text), received "-1". A negative number often stands for a missing id: remove such rows.]`,
    );
  });
});

describe('createNumberCollector', () => {
  it('accepts numbers of every type', () => {
    expect(collectNumbers('float32', [5, '3.5', 2n])).toEqual(Float32Array.of(5, 3.5, 2));
    expect(collectNumbers('date', ['1970-01-02', new Date(1500)])).toEqual(Float64Array.of(86_400, 1.5));
  });

  it('throws for values that are no numbers or dates', () => {
    expect(() => collectNumbers('float32', [5, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: reviews.jsonl (row 2, column overall): expected a finite number, received NaN. Correct the row or remove it.]`,
    );
    expect(() => collectNumbers('float64', [null])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: reviews.jsonl (row 1, column overall): expected a finite number, received null. Correct the row or remove it.]`,
    );
    expect(() => collectNumbers('float64', [' '])).toThrow('expected a finite number');
    expect(() => collectNumbers('date', [1546300800])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: reviews.jsonl (row 1, column overall): expected an ISO date, received 1546300800. Correct the row, or set times to their unit, e.g. seconds.]`,
    );
  });
});
