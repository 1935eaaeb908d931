// structure: one class with what can be wrong with an argument, as the addon's arguments.h.
import { addArticle, copyTo, describe, getBuffer, getByteOffset, getLength, getType, isShared } from './describe.js';
import { Scratch } from './scratch.js';

const byteSizes = { Float32Array: 4, Int32Array: 4, Uint8Array: 1 };

/**
 * Checks the arguments of one call after the other, and places arrays where the module can read them. Errors name the
 * operation, the argument, what was expected and what came. Arrays that are written overlap no other array of the call,
 * else ids would change after they have been checked. Nothing here runs code of the caller.
 */
export class Arguments {
  #op = '';
  #heap;
  #exports;
  #scratch;
  // The arrays of this call.
  #count = 0;
  #names = [];
  #buffers = [];
  #begins = [];
  #ends = [];
  #written = [];
  #inPlace = [];
  // Arrays whose copies are copied back.
  #copied = 0;
  #originals = [];
  #copies = [];

  /** `heap`: the memory of the module; `exports`: what the module offers. */
  constructor(heap, exports) {
    this.#heap = heap;
    this.#exports = exports;
    this.#scratch = new Scratch(heap);
  }

  begin(op) {
    this.#op = op;
    this.#clear();
  }

  /** Names the operation in errors. */
  rename(op) {
    this.#op = op;
  }

  /** Ends a call that the kernel has answered: copies what was written to arrays outside of the memory. */
  finish(result) {
    if (Number.isNaN(result)) this.failForMemory();
    for (let at = 0; at < this.#copied; at++) {
      const original = this.#originals[at];
      copyTo(original, this.#heap.view(getType(original), this.#copies[at], getLength(original)));
    }
    this.#clear();
    return result;
  }

  #clear() {
    this.#scratch.clear();
    for (let at = 0; at < this.#count; at++) this.#buffers[at] = undefined;
    for (let at = 0; at < this.#copied; at++) this.#originals[at] = undefined;
    this.#count = 0;
    this.#copied = 0;
  }

  fail(name, expected, received) {
    throw new TypeError(`${this.#op}(${name}): expected ${expected}, received ${received}.`);
  }

  failForMemory() {
    this.failForRange('expected enough memory for its result, received less. Use smaller sizes or smaller batches');
  }

  failForRange(text) {
    throw new RangeError(`${this.#op}: ${text}.`);
  }

  /** Multiplies sizes, as the addon does in 64 bits. */
  multiply(a, b) {
    const product = a * b;
    if (product >= 2 ** 63 || product < -(2 ** 63)) this.#failForSize(a, '×', b);
    return product;
  }

  add(a, b) {
    const sum = a + b;
    if (sum >= 2 ** 63 || sum < -(2 ** 63)) this.#failForSize(a, '+', b);
    return sum;
  }

  #failForSize(a, sign, b) {
    this.failForRange(`expected sizes of memory that exists, received ${BigInt(a)} ${sign} ${BigInt(b)} numbers`);
  }

  integer(value, name, low, high) {
    if (typeof value !== 'number' || !(value >= low && value <= high) || value !== Math.floor(value))
      this.fail(name, `an integer from ${low} to ${high}`, describe(value));
    return value + 0; // not −0
  }

  number(value, name) {
    if (typeof value !== 'number') this.fail(name, 'a number', describe(value));
    return value;
  }

  flag(value, name) {
    if (typeof value !== 'boolean') this.fail(name, 'true or false', describe(value));
    return value ? 1 : 0;
  }

  /** Returns the address of an array of exactly `length` numbers; of a copy if it lies outside of the memory. */
  array(value, name, type, length, written, inPlace) {
    const received = getType(value);
    if (received !== type) this.fail(name, addArticle(type), describe(value));
    const actual = getLength(value);
    if (actual !== length) this.fail(name, `${BigInt(length)} numbers`, `${actual}`);
    if (length === 0) return this.#refuseShared(getBuffer(value), name, type);
    const buffer = getBuffer(value);
    const begin = getByteOffset(value);
    const bytes = length * byteSizes[type];
    if (this.#heap.holds(buffer)) {
      this.#take(name, this.#heap, begin, begin + bytes, written, inPlace);
      return begin;
    }
    this.#refuseShared(buffer, name, type);
    this.#take(name, buffer, begin, begin + bytes, written, inPlace);
    const address = this.#scratch.take(bytes);
    if (address === 0) this.failForMemory();
    copyTo(this.#heap.view(type, address, length), value);
    if (written) {
      this.#originals[this.#copied] = value;
      this.#copies[this.#copied++] = address;
    }
    return address;
  }

  /** Calls a check of the module that needs a workspace. */
  run(check, values) {
    const result = this.#heap.run(check, values);
    if (Number.isNaN(result)) this.failForMemory();
    return result;
  }

  #refuseShared(buffer, name, type) {
    if (!this.#heap.holds(buffer) && isShared(buffer))
      this.fail(
        name,
        `${addArticle(type)} on an ArrayBuffer`,
        'one on a SharedArrayBuffer, which other threads may change',
      );
    return 0;
  }

  /** Returns the address of ids from 0 to below `limit`. */
  ids(value, name, length, limit) {
    const address = this.array(value, name, 'Int32Array', length, false, undefined);
    const bad = length === 0 ? -1 : this.#exports.findBadId(address, length, limit);
    if (bad !== -1) this.fail(name, `ids from 0 to ${limit - 1}`, `${value[bad]} at position ${bad}`);
    return address;
  }

  /** Returns the address of where each of `count` lists begins among the entries, and where the last one ends. */
  offsets(value, name, count, entries) {
    if (count < 0) this.fail(name, 'an Int32Array of at least one number', describe(value));
    const address = this.array(value, name, 'Int32Array', count + 1, false, undefined);
    if (!this.#exports.offsetsAscend(address, count, entries))
      this.fail(name, `0, then ascending to the ${entries} entries`, 'others');
    return address;
  }

  /** Returns the address of numbers that a call takes beside its arrays. */
  placeNumbers(numbers) {
    const address = this.#scratch.take(8 * numbers.length);
    if (address === 0) this.failForMemory();
    this.#heap.view('Float64Array', address, numbers.length).set(numbers);
    return address;
  }

  #take(name, buffer, begin, end, written, inPlace) {
    const count = this.#count++;
    this.#names[count] = name;
    this.#buffers[count] = buffer;
    this.#begins[count] = begin;
    this.#ends[count] = end;
    this.#written[count] = written;
    this.#inPlace[count] = inPlace;
    for (let at = 0; at < count; at++) {
      if (this.#buffers[at] !== buffer || end <= this.#begins[at] || this.#ends[at] <= begin) continue;
      if (written) this.#checkOverlap(count, at);
      if (this.#written[at]) this.#checkOverlap(at, count);
    }
  }

  #checkOverlap(out, other) {
    const isSame = this.#begins[out] === this.#begins[other] && this.#ends[out] === this.#ends[other];
    if (isSame && this.#inPlace[out]?.includes(this.#names[other])) return;
    this.fail(
      this.#names[out],
      'memory that no other argument reads or writes',
      `memory that ${this.#names[other]} has, too`,
    );
  }
}
