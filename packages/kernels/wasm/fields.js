import { describe } from './describe.js';

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** The properties of an object that an operation takes, each read once: a getter may return another value next time. */
export class Fields {
  #args;
  #op;
  #object;
  #name;
  #read = new Map();

  constructor(args, op, object, name = '') {
    this.#args = args;
    this.#op = op;
    this.#object = object;
    this.#name = name;
    if (!isObject(object)) this.fail('', 'an object', describe(object));
  }

  get(field) {
    if (!this.#read.has(field)) this.#read.set(field, this.#object[field]);
    return this.#read.get(field);
  }

  isGiven(field) {
    return this.get(field) !== undefined && this.get(field) !== null;
  }

  fields(field) {
    return new Fields(this.#args, this.#op, this.get(field), this.path(field));
  }

  text(field) {
    const value = this.get(field);
    if (typeof value !== 'string') this.fail(field, 'a text', describe(value));
    return value;
  }

  /** Reads one of some texts. */
  choice(field, choices) {
    const value = this.text(field);
    if (!choices.includes(value)) this.fail(field, `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`, value);
    return value;
  }

  number(field, otherwise) {
    if (otherwise !== undefined && !this.isGiven(field)) return otherwise;
    const value = this.get(field);
    if (typeof value !== 'number') this.fail(field, 'a number', describe(value));
    return value;
  }

  integer(field, low, high, otherwise) {
    if (otherwise !== undefined && !this.isGiven(field)) return otherwise;
    const value = this.get(field);
    this.#args.rename(this.#op); // a getter may have called another operation
    return this.#args.integer(value, this.path(field), low, high);
  }

  fail(field, expected, received) {
    this.#args.rename(this.#op);
    this.#args.fail(this.path(field), expected, received);
  }

  path(field) {
    if (this.#name === '') return field;
    return field === '' ? this.#name : `${this.#name}.${field}`;
  }
}
