import { invalid } from '@footlight/core';

/** Browsers have no folder with TensorFlow. */
export function findTensorflowFolder(_: { gpu?: boolean } = {}): string {
  return invalid('findTensorflowFolder', 'Node', 'a browser', 'TensorFlow is installed for Node only.');
}
