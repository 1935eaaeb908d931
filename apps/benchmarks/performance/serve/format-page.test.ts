import { describe, expect, it } from 'vitest';
import { allUsers, serveCases } from './cases.js';
import { formatServePage, type ServeResult } from './format-page.js';

const run = {
  command: 'npm run bench:serve',
  date: '2026-01-02T03:04:05Z',
  machine: { processor: 'some', cores: 2, memoryBytes: 2 ** 30, system: 'Linux 6', node: 'v20.19.0' },
  seconds: 10,
};
const createResult = (name: string, figures: ServeResult['figures']): ServeResult => ({
  ...{ name, figures, backend: 'native', load: 0.5, run },
});
const fast = { listsPerSecond: 30_000, p50Milliseconds: 2, p99Milliseconds: 100, processorMicroseconds: 41, failed: 0 };

describe('formatServePage', () => {
  it('compares the figures with the targets; a figure that equals its target meets it', () => {
    const page = formatServePage({
      results: [
        createResult(serveCases[0]!.name, { ...fast, listsPerSecond: 1999.9 }),
        createResult(allUsers.name, { seconds: 60, listsPerSecond: 1667 }),
      ],
    });
    expect(page).toContain(`1 target of 4 missed:\n\n- ${serveCases[0]!.name}\n`);
    expect(page).toContain('at least 2,000 lists per second, **missed**; none failed; at most 100 ms for 99 % ');
    expect(page).toContain('at most 60 s ');
    expect(page).toContain('Measured 2026-01-02 with `npm run bench:serve`. some, 2 cores, 1 GiB, Linux 6');
  });

  it('says that all targets are met', () => {
    expect(formatServePage({ results: [createResult(serveCases[1]!.name, fast)] })).toContain('All targets met.');
  });

  it('counts requests that failed as a missed target', () => {
    const page = formatServePage({ results: [createResult(serveCases[1]!.name, { ...fast, failed: 1 })] });
    expect(page).toContain('1 target of 2 missed');
    expect(page).toContain('none failed, **missed**');
  });
});
