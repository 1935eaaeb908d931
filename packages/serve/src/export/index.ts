export { type OnnxDescription, toOnnx } from './onnx/to-onnx.js';
export { exportToPostgres, type PostgresExport, type PostgresOptions } from './pgvector/export-to-postgres.js';
export { type ExportedVectors, readVectors, type VectorTable } from './read-vectors.js';
