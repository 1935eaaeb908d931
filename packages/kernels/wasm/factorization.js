const blockCount = 6;

/** The state of a factorization in the memory of a module. `release` frees all of it. */
export class Factorization {
  /** Mean loss of the last step, before its update. */
  loss = 0;
  #memory;
  #exports;
  #address = 0;
  #blocks = new Array(blockCount).fill(0);
  #sizes = new Array(blockCount).fill(0);

  constructor(memory, exports) {
    this.#memory = memory;
    this.#exports = exports;
  }

  /** Creates the state. @returns whether there was memory for it */
  create(numbers) {
    const bytes = this.#exports.bilinearBytes();
    this.#address = this.#memory.allocate(bytes);
    if (this.#address === 0) return false;
    this.#memory.view('Uint8Array', this.#address, bytes).fill(0);
    return this.#call(this.#exports.bilinearCreate, numbers);
  }

  get isPrepared() {
    return this.#exports.bilinearIsPrepared(this.#address) !== 0;
  }

  prepare(...values) {
    return this.#call(this.#exports.bilinearPrepare, ...values);
  }

  setTables(addresses) {
    this.#exports.bilinearSetTables(this.#address, ...addresses);
  }

  /** Runs the prepared step. @returns whether there was memory for it */
  step(factors) {
    if (!this.#call(this.#exports.bilinearBegin, ...factors)) return false;
    this.loss = this.#memory.call(this.#exports.bilinearRun, [this.#address]);
    return true;
  }

  flush() {
    this.#memory.call(this.#exports.bilinearFlush, [this.#address]);
  }

  release() {
    for (const address of [...this.#blocks, this.#address]) this.#memory.free(address);
    this.#blocks.fill(0);
    this.#address = 0;
  }

  /** Calls an operation, again each time that a block was too small. @returns whether there was memory for it */
  #call(operation, ...values) {
    while (Number.isNaN(operation(this.#address, ...values))) if (!this.#provide()) return false;
    return true;
  }

  #provide() {
    const block = this.#exports.bilinearWantedBlock(this.#address);
    const bytes = this.#exports.bilinearWantedBytes(this.#address);
    const memory = this.#memory.allocate(bytes);
    if (memory === 0) return false;
    const view = this.#memory.view('Uint8Array', memory, bytes);
    const size = this.#sizes[block];
    if (size > 0) view.set(this.#memory.view('Uint8Array', this.#blocks[block], size));
    view.fill(0, size);
    this.#exports.bilinearSetBlock(this.#address, block, memory, bytes);
    this.#memory.free(this.#blocks[block]);
    this.#blocks[block] = memory;
    this.#sizes[block] = bytes;
    return true;
  }
}
