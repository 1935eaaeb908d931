import { afterEach, describe, expect, it, vi } from 'vitest';
import { findCacheFolder } from './cache-folder.js';

const home = vi.hoisted(() => ({ variable: '/home/one', list: '/home/two' as string | undefined }));
vi.mock('node:os', () => ({
  homedir: () => home.variable,
  userInfo() {
    if (home.list === undefined) throw new Error('ENOENT: no such user');
    return { homedir: home.list };
  },
}));

describe.runIf(process.platform === 'linux')('findCacheFolder', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    Object.assign(home, { variable: '/home/one', list: '/home/two' });
  });

  it.each([
    ['/cache', '/cache/footlight'],
    ['relative', '/home/one/.cache/footlight'],
    ['', '/home/one/.cache/footlight'],
    [undefined, '/home/one/.cache/footlight'],
  ])('with XDG_CACHE_HOME %o it is %s', (variable, folder) => {
    vi.stubEnv('XDG_CACHE_HOME', variable);
    expect(findCacheFolder('footlight')).toBe(folder);
  });

  it('takes the home folder of the list of users where HOME is empty, and refuses users without any', () => {
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    home.variable = '';
    expect(findCacheFolder('footlight')).toBe('/home/two/.cache/footlight');
    home.list = undefined;
    expect(() => findCacheFolder('footlight')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: HOME: expected the home folder of the user, received none. Set HOME to a folder that can be written to.]`,
    );
  });
});
