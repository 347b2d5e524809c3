import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ended, Home, Run } from './command';

jest.setTimeout(60_000);

interface Named {
  id: string;
  name: string;
  status: string;
}

const IMAGE = randomBytes(3 * 1024 * 1024 + 17);

describe('the command with a lab', () => {
  const home = new Home({ BOOTLAB_NOVA__QUOTA__INSTANCES: '-1' });
  const file = join(home.path, 'image.raw');
  let up: Run;
  let imageId: string;

  const json = ({ stdout, stderr }: Ended): unknown => {
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };
  const create = (name: string, ...more: string[]) =>
    home.run(
      ...['image', 'create', '--file', file, '--name', name, '--disk-format', 'raw', '--container-format', 'bare'],
      ...more,
    );

  beforeAll(async () => {
    writeFileSync(file, IMAGE);
    up = home.start('up');
    await up.untilPrinted('Traces');
    const created = await create('cirros', '--property', 'os_distro=cirros', '--property', 'a=b=c', '--json');
    expect(created.stderr).toBe('');
    ({
      image: { id: imageId },
    } = JSON.parse(created.stdout) as { image: { id: string } });
  });

  afterAll(async () => {
    up.child.kill('SIGTERM');
    await up.ended;
    home.remove();
  });

  describe('images', () => {
    it('are listed and shown, by name or id', async () => {
      expect(json(await home.run('image', 'list', '--json'))).toMatchObject([{ id: imageId, name: 'cirros' }]);
      expect((await home.run('image', 'list')).stdout).toMatch(
        new RegExp(`^${imageId} +cirros +active +3\\.0 MiB`, 'm'),
      );
      for (const which of ['cirros', imageId]) {
        expect(json(await home.run('image', 'show', which, '--json'))).toMatchObject({
          id: imageId,
          status: 'active',
          size: IMAGE.length,
          disk_format: 'raw',
          is_public: false,
          properties: { os_distro: 'cirros', a: 'b=c' },
        });
      }
    });

    it('are saved byte by byte', async () => {
      const target = join(home.path, 'saved.raw');
      const { code, stdout } = await home.run('image', 'save', 'cirros', '--file', target);
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${target} has the 3.0 MiB of image ${imageId}.\n` });
      expect(readFileSync(target).equals(IMAGE)).toBe(true);
    });

    it('are deleted; a name that several have is refused with their ids', async () => {
      await create('twin');
      await create('twin', '--protected');
      const twins = (json(await home.run('image', 'list', '--json')) as Named[]).filter(({ name }) => name === 'twin');
      const ambiguous = await home.run('image', 'delete', 'twin');
      expect(ambiguous.code).toBe(2);
      for (const { id } of twins) expect(ambiguous.stderr).toContain(id);
      const results = await Promise.all(twins.map(({ id }) => home.run('image', 'delete', id)));
      expect(results.map(({ code }) => code).sort()).toEqual([0, 1]);
      expect(results.find(({ code }) => code === 1)?.stderr).toMatch(/^bootlab: glance-api refused: .*protected/i);
      const left = (json(await home.run('image', 'list', '--json')) as Named[]).filter(({ name }) => name === 'twin');
      expect(left).toHaveLength(1);
    });

    it('that are not there end with exit code 4 and the nearest name', async () => {
      const { code, stderr } = await home.run('image', 'show', 'ciros');
      expect({ code, stderr }).toEqual({
        code: 4,
        stderr: 'bootlab: There is no image ciros. Did you mean cirros?\n',
      });
      const id = '70a599e0-31e7-49b7-b260-868f441e862b';
      expect((await home.run('image', 'show', id)).code).toBe(4);
      const saved = await home.run('image', 'save', id, '--file', join(home.path, 'none'));
      expect(saved.code).toBe(4);
      expect(existsSync(join(home.path, 'none'))).toBe(false);
    });
  });

  it('lists the flavors', async () => {
    expect((await home.run('flavor', 'list')).stdout).toMatch(/^1 +m1\.tiny +1 +512 +1$/m);
    expect(json(await home.run('flavor', 'list', '--json'))).toContainEqual(
      expect.objectContaining({ id: '1', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 }),
    );
  });

  describe('boot', () => {
    it('waits until the server is ACTIVE and its trace complete', async () => {
      const result = json(
        await home.run('boot', '--image', 'cirros', '--flavor', 'm1.tiny', '--name', 'one', '--wait', '--json'),
      ) as { server: Named; traceId: string };
      expect(result).toMatchObject({
        server: { name: 'one', status: 'ACTIVE' },
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        complete: true,
        missing: [],
      });
      const trace = json(await home.run('trace', 'show', result.traceId, '--json')) as {
        complete: boolean;
        spans: { name: string; service: string; parentSpanId?: string; attributes: Record<string, unknown> }[];
      };
      expect(trace.complete).toBe(true);
      expect(trace.spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toMatchObject([
        { name: 'bootlab boot', service: 'bootlab' },
      ]);
      const requests = trace.spans.filter(({ service, name }) => service === 'compute-api' && / \/v2\.1/.test(name));
      expect(requests.map(({ name }) => name)).toEqual(['POST /v2.1/servers']);

      const waterfall = await home.run('trace', 'show', result.traceId, '--level', 'story');
      expect(waterfall.stdout).toMatch(/^Trace [0-9a-f]{32}: \d+ spans of 6 services; \d+ rows at level story\n/);
      expect(waterfall.stdout).toContain('_create_instance');
      for (const line of waterfall.stdout.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(120);
    });

    it('leaves one trace and no other: looking up and waiting are not traced', async () => {
      const traces = async () =>
        (
          json(await home.run('trace', 'list', '--limit', '1000', '--json')) as { traceId: string; rootName: string }[]
        ).map(({ traceId }) => traceId);
      const before = await traces();
      const { traceId } = json(
        await home.run('boot', '--image', 'cirros', '--flavor', 'm1.tiny', '--wait', '--json'),
      ) as { traceId: string };
      expect((await traces()).filter((id) => !before.includes(id))).toEqual([traceId]);
    });

    it('returns at once without --wait and says how to go on', async () => {
      const { code, stdout } = await home.run('boot', '--image', imageId, '--flavor', '1', '--name', 'later');
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /^Server ([0-9a-f-]{36}) is being built: `bootlab server show \1` tells how far it is\.\n/,
      );
      expect(stdout).toMatch(
        /\nTrace ([0-9a-f]{32}): see `bootlab trace show \1` or http:\/\/127\.0\.0\.1:\d+\/trace\/\1\n$/,
      );
    });

    it('sends its spans to where the lab is, whatever port is configured', async () => {
      const boot = ['boot', '--image', 'cirros', '--flavor', 'm1.nano', '--wait', '--json'];
      const result = json(await home.startWith({ BOOTLAB_LAB__LAB__PORT: '1' }, ...boot).ended);
      expect(result).toMatchObject({ server: { status: 'ACTIVE' }, complete: true });
    });

    it('boots several at once', async () => {
      const { servers } = json(
        await home.run('boot', '--image', 'cirros', '--flavor', 'm1.nano', '--count', '3', '--wait', '--json'),
      ) as { servers: Named[] };
      expect(servers.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
      expect(new Set(servers.map(({ id }) => id)).size).toBe(3);
    });

    it('names the nearest flavor or image', async () => {
      expect(await home.run('boot', '--image', 'cirros', '--flavor', 'm1.tinny')).toMatchObject({
        code: 4,
        stderr: 'bootlab: There is no flavor m1.tinny. Did you mean m1.tiny?\n',
      });
      expect((await home.run('boot', '--image', 'cirrus', '--flavor', 'm1.tiny')).stderr).toContain(
        'Did you mean cirros?',
      );
    });

    it('shows why compute-api refuses, and the trace of it', async () => {
      const { code, stderr } = await home.run(
        'boot',
        ...['--image', '70a599e0-31e7-49b7-b260-868f441e862b', '--flavor', 'm1.tiny'],
      );
      expect(code).toBe(1);
      expect(stderr).toMatch(/^bootlab: compute-api answered 400: .+ See `bootlab trace show [0-9a-f]{32}`\.\n$/);
    });

    it('survives the death of compute-api while it waits', async () => {
      const { services } = JSON.parse((await home.run('status', '--json')).stdout) as {
        services: { service: string; pid: number }[];
      };
      const pid = (name: string) => services.find(({ service }) => service === name)!.pid;
      process.kill(pid('compute-manager'), 'SIGSTOP');
      const boot = home.start('boot', '--image', 'cirros', '--flavor', 'm1.nano', '--name', 'slow', '--wait', '--json');
      while (!(await home.run('server', 'list')).stdout.includes(' slow ')) continue;
      process.kill(pid('compute-api'), 'SIGKILL');
      await up.untilPrinted('is back after');
      process.kill(pid('compute-manager'), 'SIGCONT');
      expect(json(await boot.ended)).toMatchObject({ server: { name: 'slow', status: 'ACTIVE' } });
    });

    it('ends with exit code 5 when the time is up', async () => {
      const { code, stdout } = await home.run(
        ...['boot', '--image', 'cirros', '--flavor', 'm1.tiny', '--wait', '--timeout', '0.001', '--json'],
      );
      const { server } = JSON.parse(stdout) as { server: Named };
      expect([server.status, code]).toEqual(server.status === 'BUILD' ? ['BUILD', 5] : ['ACTIVE', 0]);
    });
  });

  it('lists, shows and deletes servers', async () => {
    const { server } = json(
      await home.run('boot', '--image', 'cirros', '--flavor', 'm1.tiny', '--name', 'short', '--wait', '--json'),
    ) as { server: Named };
    expect((await home.run('server', 'list')).stdout).toMatch(new RegExp(`^${server.id} +short +ACTIVE `, 'm'));
    expect((await home.run('server', 'show', 'short')).stdout).toMatch(/^Status +ACTIVE$/m);
    const { stdout } = await home.run('server', 'delete', 'short');
    expect(stdout).toBe(`Server ${server.id} is being deleted.\n`);
    expect((await home.run('server', 'show', '70a599e0-31e7-49b7-b260-868f441e862b')).code).toBe(4);
  });

  it('exports a trace as Jaeger JSON', async () => {
    const [{ traceId }] = json(await home.run('trace', 'list', '--name', '_create_instance', '--json')) as [
      { traceId: string },
    ];
    const target = join(home.path, 'trace.json');
    const { code, stderr } = await home.run('trace', 'export', traceId, '-o', target);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${target} has trace ${traceId}: open it in Jaeger UI with "Upload".\n`,
    });
    const exported = JSON.parse(readFileSync(target, 'utf8')) as { data: { traceID: string; spans: unknown[] }[] };
    expect(exported.data).toMatchObject([{ traceID: traceId }]);
    const printed = await home.run('trace', 'export', traceId);
    expect(JSON.parse(printed.stdout)).toEqual(exported);
    expect((await home.run('trace', 'show', 'f'.repeat(32))).code).toBe(4);
  });

  it('writes a trace as one page that needs nothing beside it', async () => {
    const [{ traceId }] = json(await home.run('trace', 'list', '--name', '_create_instance', '--json')) as [
      { traceId: string },
    ];
    const target = join(home.path, 'trace.html');
    const { code, stdout, stderr } = await home.run('trace', 'show', traceId, '--html', '-o', target);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: `${target} has trace ${traceId}: open it in any browser.\n`,
    });
    const page = readFileSync(target, 'utf8');
    for (const part of [traceId, '<svg', 'compute-api', '_create_instance']) expect(page).toContain(part);
    expect(page).not.toMatch(/<(script|link|img|iframe)\b|@import|url\(/);
    expect((await home.run('trace', 'show', traceId, '--html')).stdout).toContain('<svg');
  });

  it('runs the demo in a lab that is up', async () => {
    for (const uploads of [true, false]) {
      const { code, stdout, stderr } = await home.run('demo', '--once');
      expect(code).toBe(0);
      expect(stderr).toContain('Using the lab that runs in');
      expect(stderr.includes('uploading a generated one')).toBe(uploads);
      expect(stdout).toMatch(/^Server bootlab-demo \([0-9a-f-]{36}\) is ACTIVE\.$/m);
      expect(stdout).toContain('build_and_run_instance');
    }
    const servers = json(await home.run('server', 'list', '--json')) as Named[];
    expect(servers.filter(({ name }) => name === 'bootlab-demo')).toHaveLength(1);
  });
});

describe('bootlab demo --once', () => {
  it('starts a lab, boots, prints the trace, stops, and ends with the result of the boot', async () => {
    const home = new Home();
    const { code, stdout, stderr } = await home.run('demo', '--once');
    expect(stderr).toContain('uploading a generated one');
    expect(stdout).toMatch(/ is ACTIVE\.$/m);
    expect(code).toBe(0);
    expect((await home.run('status')).code).toBe(3);
    home.remove();
  });
});
