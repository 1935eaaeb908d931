import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pages of a built site by their address, such as `/guide/speed`. */
export function readBuiltPages(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  return new Map(
    files
      .filter((file) => file !== '404.html')
      .sort()
      .map((file) => [
        `/${file.replaceAll('\\', '/').replace(/(^|(?<=\/))index\.html$|\.html$/, '')}`,
        readFileSync(join(folder, file), 'utf8'),
      ]),
  );
}

const link = /<a\b[^>]*\shref="([^"]*)"/g;
const id = /\sid="([^"]+)"/g;

/**
 * Links within the site whose heading does not exist; VitePress itself only checks pages.
 *
 * @returns a sentence per link
 */
export function findDeadAnchors(pages: ReadonlyMap<string, string>, base = '/'): string[] {
  const ids = new Map(
    [...pages].map(([address, html]) => [address, new Set([...html.matchAll(id)].map((m) => m[1]!))]),
  );
  return [...pages].flatMap(([address, html]) =>
    [...new Set([...html.matchAll(link)].map((match) => match[1]!))].flatMap((target) => {
      const [path, heading] = resolveTarget(address, target, base) ?? [];
      if (path === undefined || heading === undefined || ids.get(path)?.has(heading)) return [];
      return [`${address}: expected a link to a heading that exists, received ${target}.`];
    }),
  );
}

/** @returns the address and the heading of a link with one; undefined for links to elsewhere */
function resolveTarget(address: string, target: string, base: string): [path: string, heading: string] | undefined {
  const url = new URL(target.replaceAll('&amp;', '&'), `http://site${address}`);
  if (url.host !== 'site' || url.hash === '') return undefined;
  const path = url.pathname.startsWith(base) ? `/${url.pathname.slice(base.length)}` : url.pathname;
  return [path.replace(/\.html$/, ''), decodeURIComponent(url.hash.slice(1))];
}

/**
 * Links to files of the repository on the web that are not in this clone.
 *
 * @returns a sentence per link
 */
export function findDeadSourceLinks(pages: ReadonlyMap<string, string>, repository: string, clone: string): string[] {
  const source = new RegExp(`^${repository}/(?:blob|tree)/main/([^#?]+)`);
  return [...pages].flatMap(([address, html]) => {
    const targets = new Set([...html.matchAll(link)].map((match) => match[1]!));
    return [...targets].flatMap((target) => {
      const [, path] = source.exec(target) ?? [];
      if (path === undefined || existsSync(join(clone, decodeURIComponent(path)))) return [];
      return [`${address}: expected a link to a file of the repository, received ${path}.`];
    });
  });
}
