import { library } from '@footlight/tooling-tsup';

const register = 'src/tfjs/register-tfjs.ts';
const types = '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
const license =
  '/*! Contains parts of TensorFlow.js. Copyright Google LLC. Licensed under the Apache License, Version 2.0. */';

export default [
  library(['src/index.ts', 'src/testing/index.ts'], {
    external: ['#register-tfjs', /^#platform\//],
    dts: { banner: `/// <reference types="${types}" />` }, // methods of tensors
  }),
  // Node cannot import single files of TensorFlow.js; bundlers for browsers can, and share them.
  library([], {
    entry: { 'tfjs/register-tfjs': register },
    noExternal: [/^@tensorflow\/tfjs-core\/dist/],
    banner: { js: license },
    treeshake: false, // it would drop the banner
    dts: false,
    sourcemap: false,
    clean: false,
  }),
  library([], { entry: { 'tfjs/register-tfjs.browser': register }, dts: false, sourcemap: false, clean: false }),
];
