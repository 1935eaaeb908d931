export { type OnnxDescription, toOnnx } from './onnx/to-onnx.js';
export { type ExportedVectors, readVectors, type VectorTable } from './read-vectors.js';
