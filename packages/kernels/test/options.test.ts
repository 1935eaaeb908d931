import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { text } from '../build-options.mjs';
import { signatures } from '../signatures.js';
import { isCompiled, kernels } from './compiled.js';

interface Check {
  readonly kind: string;
  readonly name?: string;
  readonly type?: string;
  readonly isOptional?: boolean;
}

/** Types of the fields that the table of signatures describes; those of others are free. */
const types: Readonly<Record<string, string>> = {
  flag: 'boolean',
  number: 'number',
  integer: 'number',
  ids: 'Int32Array',
  offsets: 'Int32Array',
};

const folder = join(import.meta.dirname, '..');

/** Reads the fields of each kernel's options from `index.d.ts`: their types, with `?` where they may be absent. */
function readOptions(): Map<string, Map<string, string>> {
  const program = ts.createProgram([join(folder, 'index.d.ts')], { strict: true, noLib: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(folder, 'index.d.ts'))!;
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const methods = checker.getDeclaredTypeOfSymbol(exports.find(({ name }) => name === 'Kernels')!).getProperties();
  return new Map(
    methods.map((method) => {
      const [signature] = checker.getTypeOfSymbol(method).getCallSignatures();
      const [options] = signature!.getParameters();
      const fields = options ? checker.getTypeOfSymbol(options).getProperties() : [];
      return [
        method.name,
        new Map(
          fields.map((field) => {
            const declaration = field.declarations![0] as ts.PropertySignature;
            const type = declaration.type!.getText().replace(' | undefined', '');
            return [field.name, declaration.questionToken ? `${type}?` : type];
          }),
        ),
      ];
    }),
  );
}

describe('options of kernels', () => {
  const declared = readOptions();
  const table = Object.entries(signatures as Record<string, { parameters: string; checks: Check[] }>);

  it.each(table)('have the types of the table of signatures: %s', (op, { parameters, checks }) => {
    const fields = declared.get(op)!;
    expect([...fields.keys()].sort()).toEqual(parameters.split(' ').sort());
    for (const { kind, name, type = types[kind], isOptional } of checks)
      if (type !== undefined && fields.has(name!))
        expect(`${name}: ${fields.get(name!)}`).toBe(`${name}: ${type}${isOptional ? '?' : ''}`);
  });

  it('are all in the table, but those of factorizations', () => {
    const positional = ['threads', 'zeros', 'elementwiseNames', 'reductionNames'];
    const others = [...declared.keys()].filter((op) => !(op in signatures) && !/bilinear/i.test(op));
    expect(others).toEqual(positional);
  });

  it('are read by the text that build-options.mjs writes', () => {
    expect(readFileSync(join(folder, 'named-options.js'), 'utf8')).toBe(text);
  });
});

describe.skipIf(!isCompiled)('a call of a kernel', () => {
  const softmax = kernels?.softmax as (options?: unknown, ...more: unknown[]) => void;
  const createOptions = () => ({ x: Float32Array.of(0, 0), out: new Float32Array(2), rows: 1, columns: 2 });

  it('reads each field once', () => {
    const reads: string[] = [];
    const options = createOptions();
    softmax(
      new Proxy(options, {
        get(target, name: keyof typeof options) {
          reads.push(name);
          return target[name];
        },
      }),
    );
    expect(reads.sort()).toEqual(['columns', 'out', 'rows', 'x']);
    expect([...options.out]).toEqual([0.5, 0.5]);
  });

  it('takes absent fields for undefined ones', () => {
    const options = { rows: 1, columns: 1, inner: 1, a: Float32Array.of(2), b: Float32Array.of(3) };
    const out = new Float32Array(1);
    kernels.sgemm({ ...options, out });
    kernels.sgemm({ ...options, out, transposeA: undefined, bias: undefined, accumulate: true });
    expect(out[0]).toBe(12);
    kernels.unary({ code: kernels.elementwiseNames().unary.indexOf('leakyRelu'), x: Float32Array.of(-1), out });
    expect(out[0]).toBe(-0); // α is 0
  });

  it('refuses what is no object, and fields that it does not have', () => {
    expect(() => softmax()).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: softmax: expected an object with x, out, rows, columns, received undefined.]`,
    );
    expect(() => softmax(createOptions().x, 1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: softmax(0): expected one of x, out, rows, columns, received an unknown option.]`,
    );
    expect(() => softmax({ ...createOptions(), row: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: softmax(row): expected one of x, out, rows, columns, received an unknown option.]`,
    );
    expect(() => softmax({ ...createOptions(), rows: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: softmax(rows): expected an integer from 1 to 1099511627776, received undefined.]`,
    );
  });
});
