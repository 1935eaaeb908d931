import { signatures } from './signatures.js';
import { describe } from './wasm/describe.js';

const listFields = (op) => signatures[op].parameters.replaceAll(' ', ', ');

/** Throws for a call whose options are no object. */
export function refuseOptions(op, received) {
  throw new TypeError(`${op}: expected an object with ${listFields(op)}, received ${describe(received)}.`);
}

/** Throws for a field that a kernel does not have. */
export function refuseOption(op, received) {
  throw new TypeError(`${op}(${received}): expected one of ${listFields(op)}, received an unknown option.`);
}
