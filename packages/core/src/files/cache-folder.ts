import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { RecsysError } from '../error.js';

/**
 * Finds the folder for the cached files of a program: in `XDG_CACHE_HOME`, `LOCALAPPDATA` or what the platform has in
 * the home folder of the user. It need not exist.
 *
 * @throws {RecsysError} `invalid-argument` if the user has no home folder, as in some containers
 */
export function findCacheFolder(name: string): string {
  const { XDG_CACHE_HOME: cache = '', LOCALAPPDATA: local = '' } = process.env;
  if (process.platform === 'win32')
    return join(isAbsolute(local) ? local : join(findHome(), 'AppData', 'Local'), name, 'Cache');
  if (process.platform === 'darwin') return join(findHome(), 'Library', 'Caches', name);
  return join(isAbsolute(cache) ? cache : join(findHome(), '.cache'), name); // a relative one counts as none, by XDG
}

function findHome(): string {
  for (const find of [homedir, () => userInfo().homedir])
    try {
      const home = find();
      if (isAbsolute(home)) return home;
    } catch {} // a user without an entry in the list of users
  throw new RecsysError(
    'invalid-argument',
    'HOME: expected the home folder of the user, received none. Set HOME to a folder that can be written to.',
  );
}
