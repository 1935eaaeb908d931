// A module of this package, which is imported when it is needed: a page that imports the kernels itself has them at the
// start, and bundlers would warn that importing them later has no effect.
export { explainMissingRelaxed, loadWasm } from '@footlight/kernels/wasm';
