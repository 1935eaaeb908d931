/** What a value is, found without running code of its owner: getters, proxies and properties of the same name. */
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const findGetter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const tagGetter = findGetter(typedArray, Symbol.toStringTag);
const lengthGetter = findGetter(typedArray, 'length');
const bufferGetter = findGetter(typedArray, 'buffer');
const byteOffsetGetter = findGetter(typedArray, 'byteOffset');
const bufferLengthGetter = findGetter(ArrayBuffer.prototype, 'byteLength');

/** Returns the name of the constructor of a typed array, else `undefined`. */
export const getType = (value) => tagGetter.call(value);
/** Returns the length of a typed array; 0 if it is detached. */
export const getLength = (array) => lengthGetter.call(array);
export const getBuffer = (array) => bufferGetter.call(array);
export const getByteOffset = (array) => byteOffsetGetter.call(array);

const setter = typedArray.set;
/** Copies all numbers of a typed array of the same type. */
export const copyTo = (target, source) => setter.call(target, source);

export function isShared(buffer) {
  try {
    bufferLengthGetter.call(buffer);
    return false;
  } catch {
    return true;
  }
}

const types = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'];
const known = new Set([...types, 'BigInt64', 'BigUint64'].map((type) => `${type}Array`));

export const addArticle = (name) => `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;

/** Describes a value in words. */
export function describe(value) {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number')
    return String(value);
  if (typeof value === 'string') return `"${cut(value)}"`;
  if (typeof value === 'object') {
    const type = getType(value);
    if (type) return `${known.has(type) ? addArticle(type) : 'a typed array'} of ${getLength(value)} numbers`;
    return isArray(value) ? 'an array' : 'an object';
  }
  return `a ${typeof value}`;
}

function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a proxy that was revoked
  }
}

const most = 60; // bytes

function cut(text) {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= most) return text;
  let end = most;
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
  return `${new TextDecoder().decode(bytes.subarray(0, end))}…`;
}
