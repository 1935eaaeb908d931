import { expect, it } from 'vitest';
import { noPruner } from './none.js';
import { countReports, createRecord } from './pruners.fixture.js';

it('noPruner lets every trial run', () => {
  expect(countReports(noPruner(), [createRecord(0, [0, 0, 0])], [9, 9, 9])).toBe(3);
});
