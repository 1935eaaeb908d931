/** Names of all backends. */
export type BackendName = 'tensorflow-gpu' | 'native' | 'tensorflow' | 'wasm' | 'cpu' | 'webgpu' | 'webgl';

/** What a backend needs before it can be tried: returns one line that describes it, or throws why it does not work. */
export type StartBackend = (name: BackendName) => Promise<string>;
