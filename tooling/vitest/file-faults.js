import fs, { constants, readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve, sep } from 'node:path';

/** Functions that change files, and what they are called in the list of operations. */
const changes = ['appendFile', 'chmod', 'copyFile', 'link', 'mkdir', 'rename', 'rm', 'rmdir', 'symlink', 'truncate'];
const more = ['unlink', 'utimes', 'writeFile'];
const handleMethods = ['appendFile', 'chmod', 'datasync', 'sync', 'truncate', 'write', 'writeFile', 'writev'];
const writingFlags = constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_TRUNC;

export class CrashError extends Error {
  constructor() {
    super('the process of this test has ended');
    this.code = 'ECRASHED';
  }
}

export function interceptFiles(folder, decide = () => undefined) {
  const root = resolve(folder);
  const originals = [];
  const operations = [];
  const isInside = (path) => {
    const absolute = typeof path === 'string' ? resolve(path) : '';
    return absolute === root || absolute.startsWith(root + sep);
  };
  let crashed = false;

  /** What is to happen to an operation: `undefined`, a fault, or a thrown error. */
  const announce = (name, path) => {
    if (crashed) throw new CrashError();
    const operation = `${name} ${resolve(path).slice(root.length + 1)}`;
    const fault = decide({ number: operations.length, operation });
    operations.push(operation);
    if (fault?.crash === 'before') crashed = true;
    if (crashed) throw new CrashError();
    if (fault?.code && !fault.partly) throw createError(fault.code, name);
    return fault;
  };
  const finish = (fault, name) => {
    if (fault?.crash) crashed = true;
    if (crashed) throw new CrashError();
    if (fault?.code) throw createError(fault.code, name);
  };
  const replace = (object, name, create) => {
    const original = object[name];
    originals.push(() => {
      object[name] = original;
    });
    object[name] = create(original);
  };

  for (const name of [...changes, ...more]) {
    replace(fs.promises, name, (original) => async (path, ...rest) => {
      const affected = name === 'rename' || name === 'link' || name === 'symlink' ? rest[0] : path;
      if (!isInside(affected)) return original(path, ...rest);
      if (name === 'rm' && rest[0]?.recursive) return removeTree(path);
      const fault = announce(name, affected);
      const [content, ...options] = rest;
      const half = fault && fault.crash !== 'after' && name === 'writeFile' ? [halve(content), ...options] : rest;
      try {
        return await original(path, ...half);
      } finally {
        finish(fault, name); // also if it fails by itself, e.g. since the folder is there
      }
    });
    replace(fs, `${name}Sync`, (original) => (path, ...rest) => {
      const affected = name === 'rename' || name === 'link' || name === 'symlink' ? rest[0] : path;
      if (!isInside(affected)) return original(path, ...rest);
      const fault = announce(name, affected);
      try {
        return original(path, ...rest);
      } finally {
        finish(fault, name);
      }
    });
  }

  /** Deletes a folder file by file, since the process may end between two of them. */
  const removeTree = async (path) => {
    const stats = fs.lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      for (const name of readdirSync(path)) await removeTree(join(path, name));
      await fs.promises.rmdir(path);
    } else if (stats) await fs.promises.unlink(path);
  };

  const wrapHandle = (handle, path) => {
    for (const name of handleMethods) {
      const original = handle[name].bind(handle);
      handle[name] = async (...given) => {
        const fault = announce(name, path);
        if (name === 'write' && fault && fault.crash !== 'after') {
          const [bytes, offset = 0, length = bytes.length - offset, position = null] = given;
          const result = await original(
            bytes,
            offset,
            fault.bytes ? Math.min(fault.bytes, length) : length >> 1,
            position,
          );
          finish(fault, name);
          return result; // a short write
        }
        const result = await original(...given);
        finish(fault, name);
        return result;
      };
    }
    const close = handle.close.bind(handle);
    handle.close = async () => {
      let fault;
      try {
        fault = announce('close', path);
      } finally {
        await close(); // the end of a process closes its files
      }
      finish(fault, 'close');
    };
    return handle;
  };
  replace(fs.promises, 'open', (original) => async (path, flags = 'r', ...rest) => {
    const writes = typeof flags === 'number' ? (flags & writingFlags) !== 0 : flags !== 'r';
    if (!isInside(path) || !writes) return original(path, flags, ...rest);
    const fault = announce('open', path);
    const handle = await original(path, flags, ...rest);
    try {
      finish(fault, 'open');
    } catch (error) {
      await handle.close();
      throw error;
    }
    return wrapHandle(handle, path);
  });
  syncBuiltinESMExports();
  return {
    operations,
    get crashed() {
      return crashed;
    },
    restore() {
      for (const restore of originals.reverse()) restore();
      syncBuiltinESMExports();
    },
  };
}

function halve(content) {
  return content.slice(0, content.length >> 1);
}

function createError(code, name) {
  return Object.assign(new Error(`${code}: injected fault, ${name}`), { code, syscall: name });
}
