export { assertWritable } from './assert-writable.js';
export { findCacheFolder } from './cache-folder.js';
export { createFolder } from './create-folder.js';
export { type FileWriter, openFileWriter } from './open-file-writer.js';
export { assertPrivateFolder, createPrivateFolder } from './private-folder.js';
export { resolveTarget, type WriteTarget } from './resolve-target.js';
export { removeTemporaryFiles } from './temporary-files.js';
export { writeFileAtomically } from './write-file-atomically.js';
export { publishPart, writePart } from './write-part.js';
