const types = { Float32Array, Int32Array, Uint8Array, Float64Array };
const largest = 1 << 26; // bytes: a larger workspace is released after the call

/** The memory of a module as the binding uses it: for copies and workspaces, with which it calls kernels. */
export class ModuleMemory {
  #memory;
  #exports;
  #recover;
  #workspace = 0;
  #size = 0;

  constructor({ memory, exports, recover }) {
    this.#memory = memory;
    this.#exports = exports;
    this.#recover = recover;
  }

  /** Whether arrays on this buffer lie in the memory. */
  holds(buffer) {
    return this.#memory.holds(buffer);
  }

  /** Returns the address of new memory, or 0 if there is not that much. */
  allocate(bytes) {
    try {
      return this.#memory.allocate(bytes);
    } catch {
      return 0;
    }
  }

  free(address) {
    if (address !== 0) this.#memory.free(address);
  }

  view(type, address, length) {
    return new types[type](this.#memory.buffer, address, length);
  }

  allocateFloats(length) {
    return this.#memory.allocateFloats(length);
  }

  /** Calls a kernel, again if its workspace was too small. @returns NaN if there is no memory for it */
  run(kernel, values) {
    const result = this.call(kernel, values);
    return Number.isNaN(result) ? this.#runAgain(kernel, values) : result;
  }

  /** Calls a kernel. After an error, which a thread that ended has for example, the next call works. */
  call(kernel, values) {
    try {
      return kernel(...values);
    } catch (error) {
      this.#recover();
      throw error;
    }
  }

  #runAgain(kernel, values) {
    const bytes = this.#exports.neededWorkspace();
    this.#provide(Math.max(bytes, Math.min(2 * bytes, largest)));
    if (this.#size < bytes) this.#provide(bytes);
    const result = this.#size < bytes ? Number.NaN : this.call(kernel, values);
    if (this.#size > largest) this.#provide(0);
    return result;
  }

  #provide(bytes) {
    this.free(this.#workspace);
    this.#workspace = bytes === 0 ? 0 : this.allocate(bytes);
    this.#size = this.#workspace === 0 ? 0 : bytes;
    this.#exports.setWorkspace(this.#workspace, this.#size);
  }
}
