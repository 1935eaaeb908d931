import { describe, expect, it } from 'vitest';
import { formatCommands } from './command-list.js';

const result = (experiment: string, more: string, date: string) => ({
  experiment,
  command: `footlight run ${experiment}${more}`,
  date: `${date}T12:00:00.000Z`,
});

describe('formatCommands', () => {
  it('names the experiments of equal commands in one line, with their dates', () => {
    expect(
      formatCommands([
        result('talk/a', ' --seeds 5', '2026-11-29'),
        result('talk/a-b', ' --seeds 5', '2026-11-27'),
        result('talk/c', ' --seeds 1', '2026-11-28'),
      ]),
    ).toBe(
      '- `footlight run talk/a talk/a-b --seeds 5`, 2026-11-27 to 2026-11-29\n' +
        '- `footlight run talk/c --seeds 1`, 2026-11-28',
    );
  });

  it('keeps a command that does not name its experiment', () => {
    const own = { experiment: 'own/x', command: 'footlight run --table x.csv', date: '2026-11-29T12:00:00.000Z' };
    expect(formatCommands([own])).toBe('- `footlight run --table x.csv`, 2026-11-29');
  });
});
