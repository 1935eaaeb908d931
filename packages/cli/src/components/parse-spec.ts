import { RecsysError } from '@footlight/core';

/** A component as it was typed: a name, with or without options. A plain word is one too. */
export interface Spec {
  readonly name: string;
  readonly options: Readonly<Record<string, Value>>;
}

/** `{name=value, …}`. */
export interface Fields {
  readonly fields: Readonly<Record<string, Value>>;
}

export type Value = number | boolean | string | readonly Value[] | Spec | Fields;

/**
 * Reads `name` or `name(option=value, …)`. A value is a number, `true` or `false`, a text in quotes, a word, a
 * component with or without options, a list `[value, …]` or fields `{name=value, …}`.
 *
 * @param where what the text was given to, e.g. `--model`
 * @throws {RecsysError} `invalid-argument` with the position of the first character that does not fit
 * @example
 * parseSpec('--model', 'ials(dim=64, confidence=40)') // { name: 'ials', options: { dim: 64, confidence: 40 } }
 */
export function parseSpec(where: string, text: string): Spec {
  const reader = createReader(where, text);
  const spec = reader.readSpec();
  reader.expectEnd();
  return spec;
}

/** Parses `option=value` pairs and what may stand in them. */
function createReader(where: string, text: string) {
  let at = 0;

  function fail(expected: string): never {
    const received = at < text.length ? `${JSON.stringify(text[at])} at character ${at + 1}` : 'the end';
    const hint = 'Write name or name(option=value, …), in quotes for the shell.';
    throw new RecsysError('invalid-argument', `${where} ${text}: expected ${expected}, received ${received}. ${hint}`);
  }

  function skipSpaces(): void {
    while (text[at] === ' ') at++;
  }

  /** Consumes a character if it comes next. */
  function accept(character: string): boolean {
    skipSpaces();
    if (text[at] !== character) return false;
    at++;
    return true;
  }

  function match(pattern: RegExp): string | undefined {
    skipSpaces();
    const found = new RegExp(pattern, 'y');
    found.lastIndex = at;
    const [word] = found.exec(text) ?? [];
    if (word !== undefined) at += word.length;
    return word;
  }

  function readPairs(end: string): Record<string, Value> {
    const pairs: Record<string, Value> = {};
    if (accept(end)) return pairs;
    do {
      const name = match(/[A-Za-z][\w-]*/) ?? fail('the name of an option');
      if (!accept('=')) fail(`"=" after ${name}`);
      if (name in pairs) fail(`${name} once`);
      pairs[name] = readValue();
    } while (accept(','));
    if (!accept(end)) fail(`"," or "${end}"`);
    return pairs;
  }

  function readList(): Value[] {
    const list: Value[] = [];
    if (accept(']')) return list;
    do list.push(readValue());
    while (accept(','));
    if (!accept(']')) fail('"," or "]"');
    return list;
  }

  function readSpec(): Spec {
    const name = match(/[A-Za-z][\w-]*/) ?? fail('a name');
    return { name, options: accept('(') ? readPairs(')') : {} };
  }

  function readValue(): Value {
    if (accept('[')) return readList();
    if (accept('{')) return { fields: readPairs('}') };
    const quoted = match(/"[^"]*"|'[^']*'/);
    if (quoted !== undefined) return quoted.slice(1, -1);
    const number = match(/[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?(?![\w-])/i);
    if (number !== undefined) return Number(number);
    const truth = match(/(true|false)(?![\w-])/);
    if (truth !== undefined) return truth === 'true';
    skipSpaces();
    return /[A-Za-z]/.test(text[at] ?? '') ? readSpec() : fail('a value');
  }

  return {
    readSpec,
    expectEnd() {
      skipSpaces();
      if (at < text.length) fail('the end');
    },
  };
}

/** A parsed component as text again, in its shortest form. */
export function formatSpec({ name, options }: Spec): string {
  const pairs = formatPairs(options);
  return pairs === '' ? name : `${name}(${pairs})`;
}

function formatPairs(pairs: Readonly<Record<string, Value>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(', ');
}

export function formatValue(value: Value): string {
  if (typeof value === 'string') return value.includes('"') ? `'${value}'` : `"${value}"`;
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(formatValue).join(', ')}]`;
  return 'fields' in value ? `{${formatPairs(value.fields)}}` : formatSpec(value);
}

/** Narrows to a list; `Array.isArray` does not narrow readonly arrays. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
