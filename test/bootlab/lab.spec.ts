import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { isAlive, readRunRecord, RunRecord, untilGone } from '../../apps/bootlab/src/lab';
import { Home, Run } from './command';

jest.setTimeout(60_000);

interface Status {
  state: string;
  services: { service: string; pid: number; url: string; state: string; restarts: number }[];
}

const SERVICES = ['lab', 'conductor', 'registry', 'glance-api', 'compute-manager', 'compute-api'];

async function statusOf(home: Home): Promise<Status> {
  return JSON.parse((await home.run('status', '--json')).stdout) as Status;
}

function record(home: Home): RunRecord {
  return readRunRecord(join(home.path, 'run'))!;
}

function processes(home: Home): { pid: number; birth?: string }[] {
  return record(home).services.map(({ pid, birth }) => ({ pid: pid!, birth }));
}

async function refused(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

describe('a lab that is up', () => {
  const home = new Home();
  let up: Run;

  beforeAll(async () => {
    up = home.start('up');
    await up.untilPrinted('Traces');
  });

  afterAll(async () => {
    up.child.kill('SIGTERM');
    await up.ended;
    home.remove();
  });

  it('tells each service as it gets ready, and the addresses at the end', () => {
    for (const name of SERVICES) expect(up.stderr).toMatch(new RegExp(`^  ${name} +ready in \\d`, 'm'));
    expect(up.stderr).toMatch(/^The lab is up after \d+\.\d s\. Ctrl-C stops it\.$/m);
    expect(up.stdout).toMatch(/^Compute API +http:\/\/127\.0\.0\.1:\d+\/v2\.1\/servers$/m);
  });

  it('shows in `status` every service with process and address', async () => {
    const { code, stdout } = await home.run('status');
    expect(code).toBe(0);
    for (const name of SERVICES) expect(stdout).toMatch(new RegExp(`^${name} +\\d+ +(http|tcp)://\\S+ +up$`, 'm'));
    const { state, services } = await statusOf(home);
    expect(state).toBe('up');
    expect(services.map(({ service }) => service)).toEqual(SERVICES);
  });

  it('refuses a second lab in the same home, with the pid of the first', async () => {
    for (const args of [['up'], ['up', '--detach']]) {
      const { code, stderr } = await home.run(...args);
      expect(code).toBe(1);
      expect(stderr).toContain(
        `bootlab: A lab already runs in ${home.path} (pid ${up.child.pid}): stop it with \`bootlab down\``,
      );
    }
    expect((await statusOf(home)).state).toBe('up');
  });

  it('shows logs for people and as they were written', async () => {
    const people = await home.run('logs', '-n', '1');
    expect(people.code).toBe(0);
    expect(people.stdout.trim().split('\n')).toHaveLength(SERVICES.length);
    const raw = await home.run('logs', 'registry', '-n', '1', '--json');
    expect(JSON.parse(raw.stdout)).toMatchObject({ service: 'registry', level: 30 });
    const unknown = await home.run('logs', 'registri');
    expect(unknown.code).toBe(4);
    expect(unknown.stderr).toContain('Did you mean registry?');
  });

  it('follows a log', async () => {
    const follow = home.start('logs', 'glance-api', '--follow', '-n', '0', '--json');
    const before = (await statusOf(home)).services.find(({ service }) => service === 'glance-api')!;
    const line = once(follow.child.stdout!, 'data');
    process.kill(before.pid, 'SIGKILL');
    await line;
    expect(follow.stdout).toContain('"service":"glance-api"');
    follow.child.kill();
    await follow.ended;
    await up.untilPrinted('is back after');
  });

  it('starts a service that was killed again at the same address, and says so', async () => {
    const before = (await statusOf(home)).services.find(({ service }) => service === 'conductor')!;
    up.stderr = '';
    process.kill(before.pid, 'SIGKILL');
    await up.untilPrinted('is back after');
    expect(up.stderr).toContain(`conductor (pid ${before.pid}) was killed by SIGKILL. It starts again in 0.2 s.`);
    const after = (await statusOf(home)).services.find(({ service }) => service === 'conductor')!;
    expect(after).toMatchObject({ state: 'up', restarts: 1 });
    expect(after.pid).not.toBe(before.pid);
  });

  it('ends every process on SIGINT, also when it comes twice: exit code 0, no orphan, no port held, an empty run folder', async () => {
    const started = processes(home);
    const { services } = await statusOf(home);
    up.child.kill('SIGINT');
    up.child.kill('SIGINT');
    const { code, stderr } = await up.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('The lab has stopped.');
    expect(started.filter(isAlive)).toEqual([]);
    expect(await Promise.all(services.map(({ url }) => refused(url)))).toEqual(services.map(() => true));
    expect(readdirSync(join(home.path, 'run'))).toEqual([]);
    expect((await home.run('status')).code).toBe(3);
  });
});

describe('bootlab up', () => {
  it('leaves no orphan when it is killed itself, and `down` then finds nothing', async () => {
    const other = new Home();
    const run = other.start('up');
    await run.untilPrinted('Traces');
    const started = processes(other);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await untilGone(started, 15_000)).toEqual([]);
    const { code, stdout } = await other.run('down');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `No lab runs in ${other.path}.\n` });
    other.remove();
  });

  it('names the option of an address that is none of this machine', async () => {
    const other = new Home({ BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_HOST: '192.0.2.1' });
    const { code, stderr } = await other.run('up');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'registry cannot start: it cannot listen on 192.0.2.1 (EADDRNOTAVAIL). Set bind_host in [DEFAULT] of glance-registry.conf or BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_HOST to an address of this machine.',
    );
    other.remove();
  });

  it('names service, port and option of a port in use, and leaves nothing running', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const other = new Home({ BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT: String(port) });
    const run = other.start('up');
    const { code, stderr } = await run.ended;
    squatter.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`bootlab: glance-api cannot start: port ${port} on 127.0.0.1 is in use.`);
    expect(stderr).toContain('bind_port in [DEFAULT] of glance-api.conf');
    expect(existsSync(join(other.path, 'run', 'supervisor.json'))).toBe(false);
    expect(readFileSync(join(other.path, 'logs', 'glance-api.log'), 'utf8')).toContain('is in use');
    other.remove();
  });
});

describe('bootlab up --detach', () => {
  it('returns once the lab is up; down ends it', async () => {
    const home = new Home();
    const up = await home.run('up', '--detach');
    expect(up.stderr).toMatch(/The lab is up in the background \(pid \d+\)\. `bootlab down` stops it\./);
    expect(up.code).toBe(0);
    const { pid, birth } = record(home);
    const started = [{ pid, birth }, ...processes(home)];
    expect(started.every(isAlive)).toBe(true);
    expect((await home.run('status')).code).toBe(0);

    const down = await home.run('down');
    expect(down).toMatchObject({ code: 0, stdout: `The lab in ${home.path} has stopped.\n` });
    expect(started.filter(isAlive)).toEqual([]);
    expect(await home.run('down')).toMatchObject({ code: 0, stdout: `No lab runs in ${home.path}.\n` });
    home.remove();
  });

  it('gives the reason when the lab does not come up', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const home = new Home({ BOOTLAB_LAB__LAB__PORT: String(port) });
    const { code, stderr } = await home.run('up', '--detach');
    squatter.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`bootlab: lab cannot start: port ${port} on 127.0.0.1 is in use.`);
    home.remove();
  });
});
