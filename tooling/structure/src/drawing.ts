/** By name of a package: the packages that it may import. */
export type Drawing = ReadonlyMap<string, ReadonlySet<string>>;

const solid = /◀─+/u;
const dotted = /◀┄+/u;

/**
 * Reads lines such as `core ◀── engine ◀── layers`: a package may import all packages further left, along every line.
 * A dotted arrow (`kernels ◀┄┄ engine`) is for these two alone. A bracket at the end of a line is a remark.
 */
export function parseDrawing(text: string): Drawing {
  const direct = new Map<string, Set<string>>();
  const optional = new Map<string, Set<string>>();
  for (const line of text.split('\n').map((each) => each.replace(/\(.*\)/, '').trim())) {
    link(direct, line, solid);
    if (dotted.test(line)) link(optional, line, dotted);
  }
  for (const names of optional.values()) for (const name of names) if (!direct.has(name)) direct.set(name, new Set());
  return new Map(
    [...direct.keys()].map((name) => [name, new Set([...reachable(direct, name), ...(optional.get(name) ?? [])])]),
  );
}

function link(arrows: Map<string, Set<string>>, line: string, arrow: RegExp): void {
  const stops = line.split(arrow).map((stop) => stop.split(',').map((name) => name.trim()));
  if (stops.length < 2) return;
  for (const name of stops.flat()) if (!arrows.has(name)) arrows.set(name, new Set());
  for (const [index, left] of stops.slice(0, -1).entries())
    for (const right of stops[index + 1]!) for (const name of left) arrows.get(right)!.add(name);
}

function reachable(direct: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of direct.get(name) ?? []) {
      if (next === from)
        throw new Error(`drawing: expected no circle, received one through ${from}. Turn an arrow round.`);
      if (!found.has(next)) open.push(next);
      found.add(next);
    }
  }
  return found;
}

/** Finds the name in the drawing of the workspace in a folder (`packages/core`, `apps/benchmarks`, `examples`). */
export function nameInDrawing(drawing: Drawing, folder: string): string | undefined {
  const [parent, name] = folder.split('/');
  return [folder, parent === 'packages' ? name : undefined, `${parent}/*`].find(
    (each) => each !== undefined && drawing.has(each),
  );
}
