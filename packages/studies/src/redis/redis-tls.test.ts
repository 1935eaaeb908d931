import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPort, findRedisServer, type RedisServer, startRedis } from '@footlight/tooling-vitest/redis-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('optimize-on-redis.fixture.ts', import.meta.url));

/** Whether there is an `openssl` that makes a certificate; says so if not. */
function findOpenssl(): boolean {
  const { status } = spawnSync('openssl', ['version'], { stdio: 'ignore' });
  if (status !== 0) console.log('No openssl here: the test of Redis in TLS is skipped.');
  return status === 0;
}

describe.skipIf(!findRedisServer() || !findOpenssl())('redisLog in TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  let server: RedisServer;
  let url: string;
  beforeAll(async () => {
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', ...made, ...names], { stdio: 'ignore' });
    const port = String(await findPort());
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    server = await startRedis('--tls-port', port, '--tls-auth-clients', 'no', ...files);
    url = `rediss://localhost:${port}`;
  });
  afterAll(async () => {
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const optimize = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, ['--conditions=@footlight/source', '--import', 'tsx', fixture, url], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });

  it('works with a certificate that is trusted, and says that another one is not', () => {
    expect(optimize({ NODE_EXTRA_CA_CERTS: certificate })).toMatchObject({ status: 0, stdout: '5\n' });
    const { status, stderr } = optimize({ NODE_EXTRA_CA_CERTS: '' });
    expect(status).toBe(1);
    expect(stderr).toContain('its certificate is not trusted. NODE_EXTRA_CA_CERTS names a file of others.');
  }, 60_000);
});
