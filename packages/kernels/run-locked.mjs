import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

// The lock needs nothing that would have to be installed first. It is a local socket that the holder listens on: the
// system closes it when the holder ends, in whatever way, so that no process that was killed blocks the next one.

/**
 * Runs `work` while no other process of this user runs work of the same name on the folder; waits for one that does.
 *
 * @param onWait called once, with the number of that process, when waiting begins
 * @param isInterrupted whether to wait no longer: `work` does not run then
 * @returns what `work` returns
 */
export async function runLocked(name, folder, work, { onWait = () => {}, isInterrupted = () => false } = {}) {
  const path = createSocketPath(name, folder);
  let hasWaited = false;
  while (!isInterrupted()) {
    const lock = await acquire(path);
    if (lock) return work().finally(lock.release);
    const holder = await findHolder(path);
    if (holder && !hasWaited) {
      hasWaited = true;
      onWait(holder.process);
    }
    while (holder && !holder.socket.closed && !isInterrupted()) await wait(50);
    holder?.socket.destroy();
  }
  return undefined;
}

/** On Linux and Windows the name is not that of a file; elsewhere, the folder is one of this user. */
function createSocketPath(name, folder) {
  const key = createHash('sha256')
    .update(`${userInfo().username}\n${realpathSync(folder)}`)
    .digest('hex');
  const full = `footlight-${name}-${key.slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${full}`;
  return process.platform === 'linux' ? `\0${full}` : join(tmpdir(), `${full}.sock`);
}

/** @returns the lock, or nothing if another process has it */
function acquire(path) {
  return new Promise((resolve) => {
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => {}).on('close', () => waiting.delete(socket));
      socket.write(String(process.pid));
    });
    const release = () => {
      server.close();
      for (const socket of waiting) socket.destroy();
    };
    // Where no socket can be created for another reason, nothing is locked.
    server.on('error', ({ code }) => resolve(code === 'EADDRINUSE' ? undefined : { release: () => {} }));
    server.listen(path, () => resolve({ release }));
  });
}

/** @returns the process that holds the lock, and a socket that closes when it releases it; nothing if none does */
function findHolder(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on('data', (text) => resolve({ process: Number(text), socket }));
    socket.on('error', ({ code }) => {
      if (code === 'ECONNREFUSED' && path.endsWith('.sock')) rmSync(path, { force: true }); // its process was killed
    });
    socket.on('close', () => resolve(undefined));
  });
}
