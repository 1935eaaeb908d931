import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = `${import.meta.dirname}/../results`;

describe.each(readdirSync(folder))('the stored page of %s', (name) => {
  const page = readFileSync(`${folder}/${name}/README.md`, 'utf8');

  it('names the command and the date of every part with figures', () => {
    const sections = page.split(/^## /m).filter((section) => /^\|/m.test(section));
    expect(sections.length).toBeGreaterThan(0);
    for (const section of sections)
      expect(section).toMatch(new RegExp(`Measured \\d{4}-\\d\\d-\\d\\d with \`npm run bench:${name}`));
  });

  it('counts the missed targets that its tables mark', () => {
    const marked = page.match(/\*\*missed\*\*/g)?.length ?? 0;
    expect(Number(/^(\d+) targets? of \d+ missed:$/m.exec(page)?.[1] ?? 0)).toBe(marked);
  });
});
