// structure: one class that checks a call as its signature says.
import { describe } from './describe.js';
import { computeFactors, readOptimizer } from './optimizer.js';
import { measure } from './strides.js';

const none = {};

/**
 * A kernel that checks its arguments. The list of checks is made once, from the signature; a call runs it and fills the
 * list of what the kernel is called with.
 */
export class Call {
  /** The optimizer of this call, if it has one. */
  optimizer;
  #op;
  /** What is placed and checked. */
  args;
  /** What the checks found, by slot. */
  values = [];
  #codes;
  #exports;
  #slots = new Map(); // name → place in values
  #positions; // name → position among the arguments
  #given = [];
  #checks;
  #passed;
  #passes = [];
  #hasOptimizer;

  constructor(op, signature, { args, exports, codes }) {
    this.#op = op;
    this.args = args;
    this.#codes = codes;
    this.#exports = exports;
    const parameters = signature.parameters.split(' ');
    this.#positions = new Map(parameters.map((name, at) => [name, at]));
    this.#hasOptimizer = this.#positions.has('optimizer');
    for (const name of parameters) this.findSlot(name);
    this.#checks = signature.checks.map((each) => this.#compile(each));
    const passed = signature.passes?.split(' ') ?? [...parameters, ...(signature.also ?? [])];
    this.#passed = passed.map((name) => this.findSlot(name));
    this.#passes.length = passed.length;
    this.#passes.fill(0);
  }

  /** Checks arguments. @returns what the kernel is called with, until the next call */
  check(given) {
    const optimizer = this.#hasOptimizer ? this.#readOptimizer(given) : undefined;
    this.#given = given;
    this.optimizer = optimizer;
    this.args.begin(this.#op);
    const { values } = this;
    const [checks, passed, passes] = [this.#checks, this.#passed, this.#passes];
    for (let at = 0; at < checks.length; at++) checks[at](given);
    for (let at = 0; at < passed.length; at++) passes[at] = values[passed[at]];
    return passes;
  }

  /** Reads the optimizer before all else, because its getters may run any code, this very call included. */
  #readOptimizer(given) {
    const fail = (name, expected, received) => {
      this.args.begin(this.#op);
      this.args.fail(name, expected, received);
    };
    return readOptimizer(given[this.#positions.get('optimizer')], fail);
  }

  // What checks of signatures use.

  get(name) {
    return this.values[this.#slots.get(name)];
  }

  set(name, value) {
    this.values[this.findSlot(name)] = value;
  }

  getArgument(name) {
    return this.#given[this.#positions.get(name)];
  }

  /** Returns the length of a typed array, 0 for anything else. */
  getLength(name) {
    return measure(this.getArgument(name));
  }

  product(sizes) {
    return this.#compileProduct(sizes)();
  }

  fail(name, expected, received) {
    this.args.fail(name, expected, received);
  }

  readInteger(name, low, high) {
    this.set(name, this.args.integer(this.getArgument(name), name, low, high));
  }

  readCode(kind) {
    this.readInteger('code', 0, this.#codes[kind].length - 1);
  }

  placeArray(name, type, length, { isWritten = false, inPlace } = none) {
    this.set(name, this.args.array(this.getArgument(name), name, type, length, isWritten, inPlace));
  }

  placeOptimizer() {
    const { optimizer } = this;
    const factors = computeFactors({ ...optimizer, rate: optimizer.rate * this.get('factor') }, this.get('step'));
    const { rule, beta1, beta2, epsilon, l2, momentum } = optimizer;
    this.set('optimizer', this.args.placeNumbers([rule, beta1, beta2, epsilon, l2, momentum, ...factors]));
  }

  /** Checks that no query names an item twice. */
  checkDistinct(ids, offsets, queries) {
    if (queries === 0) return;
    const query = this.args.run(this.#exports.findRepeat, [this.get(offsets), this.get(ids), queries]);
    if (query === -1) return;
    const all = this.getArgument(offsets);
    const [items, seen] = [this.getArgument(ids), new Set()];
    let at = all[query];
    while (!seen.has(items[at])) seen.add(items[at++]);
    const item = items[at];
    this.fail(ids, 'each item once per query', `item ${item} more than once in query ${query}`);
  }

  /** Finds the place of a name among the values. */
  findSlot(name) {
    if (!this.#slots.has(name)) this.#slots.set(name, this.#slots.size);
    return this.#slots.get(name);
  }

  /** Finds the position of a name among the arguments. */
  findPosition(name) {
    return this.#positions.get(name);
  }

  /** Returns a function that multiplies the sizes of a text like `batch 4 dim`; 0 if one of them is 0. */
  #compileProduct(text) {
    const values = this.values;
    const factors = text.split(' ').map((name) => {
      const constant = Number(name);
      if (Number.isNaN(constant)) return this.findSlot(name);
      const slot = this.findSlot(`constant ${name}`);
      values[slot] = constant;
      return slot;
    });
    if (factors.length === 1) return () => values[factors[0]];
    return () => {
      for (const slot of factors) if (values[slot] === 0) return 0;
      let product = 1;
      for (const slot of factors) product = this.args.multiply(product, values[slot]);
      return product;
    };
  }

  #compile(each) {
    const { kind, name } = each;
    if (kind === 'check') return () => each.run(this);
    if (kind === 'compiled') return each.compile(this);
    const { args, values } = this;
    const slot = this.findSlot(name);
    if (kind === 'size')
      return () => {
        values[slot] = each.compute(this);
      };
    const read = this.#compileReader(each, this.#positions.get(name));
    if (!each.isOptional)
      return (given) => {
        values[slot] = read(given, args);
      };
    const position = this.#positions.get(name);
    return (given) => {
      const value = given[position];
      values[slot] = value === undefined || value === null ? 0 : read(given, args);
    };
  }

  #compileReader({ kind, name, low, high, type, length, count, entries, limit, isWritten = false, inPlace }, at) {
    switch (kind) {
      case 'flag':
        return (given, args) => args.flag(given[at], name);
      case 'number':
        return (given, args) => args.number(given[at], name);
      case 'integer':
        return (given, args) => args.integer(given[at], name, low, high);
      case 'array': {
        const computeLength = this.#compileProduct(length);
        return (given, args) => args.array(given[at], name, type, computeLength(), isWritten, inPlace);
      }
      case 'ids': {
        const [computeLength, limitSlot] = [this.#compileProduct(length), this.findSlot(limit)];
        return (given, args) => args.ids(given[at], name, computeLength(), this.values[limitSlot]);
      }
      case 'offsets': {
        const [countSlot, entriesSlot] = [this.findSlot(count), this.findSlot(entries)];
        return (given, args) => args.offsets(given[at], name, this.values[countSlot], this.values[entriesSlot]);
      }
      default:
        throw new Error(`${name}: expected a kind of argument, received ${describe(kind)}.`);
    }
  }
}
