import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Answers with the files of a folder, and `/guide/speed` with `guide/speed.html`, as hosts of static sites do. */
export function answerFrom(folder: string): RequestListener {
  return (request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname));
    const candidates = [path, `${path}.html`, join(path, 'index.html')];
    const file = candidates.find((each) => existsSync(each) && statSync(each).isFile());
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const lifetime = file.includes('/assets/') ? 600 : 0; // seconds; names of assets change with what is in them
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': `max-age=${lifetime}` });
    response.end(readFileSync(file));
  };
}
