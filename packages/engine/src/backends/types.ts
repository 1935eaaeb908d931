/** Names of all backends. */
export type BackendName =
  | 'tensorflow-gpu'
  | 'native'
  | 'tensorflow'
  | 'wasm'
  | 'wasm-relaxed'
  | 'cpu'
  | 'webgpu'
  | 'webgl';
