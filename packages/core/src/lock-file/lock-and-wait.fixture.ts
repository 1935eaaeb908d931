import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { acquireLock } from './acquire-lock.js';

// Acquires a lock, writes a line at the beginning and the end of its work, and releases it; the test starts several.
const [path, log, milliseconds] = process.argv.slice(2) as [string, string, string];
const lock = await acquireLock(path, { what: 'fixture', waits: true });
appendFileSync(log, `begin ${process.pid}\n`);
await wait(Number(milliseconds));
appendFileSync(log, `end ${process.pid}\n`);
await lock.release();
