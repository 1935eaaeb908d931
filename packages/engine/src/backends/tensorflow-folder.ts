import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Finds the folder in which `footlight doctor --install-tensorflow` installs TensorFlow: `FOOTLIGHT_TENSORFLOW`, else a
 * folder in the platform's cache.
 */
export function findTensorflowFolder(): string {
  const { FOOTLIGHT_TENSORFLOW: chosen, XDG_CACHE_HOME: cache, LOCALAPPDATA: local } = process.env;
  if (chosen) return chosen;
  if (process.platform === 'win32')
    return join(local ?? join(homedir(), 'AppData', 'Local'), 'footlight', 'tensorflow');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'footlight', 'tensorflow');
  return join(cache ?? join(homedir(), '.cache'), 'footlight', 'tensorflow');
}
