/** Names of all backends. */
export type BackendName = 'tensorflow-gpu' | 'native' | 'tensorflow' | 'wasm' | 'cpu' | 'webgpu' | 'webgl';
