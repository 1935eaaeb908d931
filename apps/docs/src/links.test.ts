import { describe, expect, it } from 'vitest';
import { findDeadAnchors, findDeadSourceLinks } from './links.js';
import { root } from './paths.js';

describe('findDeadAnchors', () => {
  it('names links to headings that do not exist, and leaves all others alone', () => {
    const pages = new Map([
      ['/', '<a href="#top">1</a><a class="x" href="/guide/a#right">2</a><a href="https://elsewhere.invalid#b">3</a>'],
      ['/guide/a', '<h2 id="right"></h2><a href="./a#wrong">4</a><a href="/guide/b">5</a>'],
    ]);
    expect(findDeadAnchors(pages)).toMatchInlineSnapshot(`
      [
        "/: expected a link to a heading that exists, received #top.",
        "/guide/a: expected a link to a heading that exists, received ./a#wrong.",
      ]
    `);
  });

  it('accepts a site below a path', () => {
    const pages = new Map([
      ['/a', '<h1 id="one"></h1><a href="/footlight/a#one">1</a><a href="/footlight/a#two">2</a>'],
    ]);
    expect(findDeadAnchors(pages, '/footlight/')).toEqual([expect.stringContaining('received /footlight/a#two')]);
  });
});

describe('findDeadSourceLinks', () => {
  it('names links to files that are not in the clone', () => {
    const link = (path: string) => `<a href="https://host.invalid/us/it/blob/main/${path}">x</a>`;
    const pages = new Map([['/a', `${link('README.md#L1')}${link('apps/docs/src')}${link('nowhere.md')}`]]);
    expect(findDeadSourceLinks(pages, 'https://host.invalid/us/it', root)).toEqual([
      '/a: expected a link to a file of the repository, received nowhere.md.',
    ]);
  });
});
