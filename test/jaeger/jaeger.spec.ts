import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home, Run } from '../bootlab/command';
import { folderWithFakeJaeger, homeForJaeger } from './fake-program';

jest.setTimeout(90_000);

const NO_PROGRAMS = '/nowhere';

interface SentSpan {
  traceId: string;
  spanId: string;
}

describe('bootlab jaeger', () => {
  const folder = folderWithFakeJaeger();
  let home: Home;
  let url: string;

  beforeAll(async () => {
    home = await homeForJaeger(folder);
    url = home.env['BOOTLAB_LAB__LAB__JAEGER_URL']!;
  });
  afterAll(async () => {
    await home.run('jaeger', 'stop');
    home.remove();
    rmSync(folder, { recursive: true });
  });

  it('starts the program on PATH, once, which a lab then uses and leaves running, and stops it', async () => {
    expect(await home.run('jaeger', 'status')).toMatchObject({ code: 3, stdout: expect.stringContaining(url) });
    const started = await home.run('jaeger', 'start');
    expect(started).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`^Jaeger +${url}$`, 'm')) });
    expect(started.stderr).toContain('Jaeger is up in the background');
    expect((await home.run('jaeger', 'start')).stderr).toBe(`A Jaeger answers at ${url} already.\n`);

    const up = home.start('up');
    await up.untilPrinted('Ctrl-C stops it.');
    expect((await home.run('status')).stdout).toMatch(/\nTraces go on to .+, 0 dropped\.\n$/);
    up.child.kill('SIGTERM');
    expect((await up.ended).stdout).toMatch(new RegExp(`^Jaeger +${url}$`, 'm'));

    const status = await home.run('jaeger', 'status', '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ url, answers: true, source: 'binary' });
    expect((await home.run('jaeger', 'stop')).stdout).toBe(`The Jaeger at ${url} has stopped.\n`);
    expect((await home.run('jaeger', 'status')).code).toBe(3);
    expect((await home.run('jaeger', 'stop')).stdout).toBe(`No Jaeger of ${home.path} runs.\n`);
  });

  it('says in one sentence what to do where there is none to be had', async () => {
    const nowhere = await homeForJaeger(NO_PROGRAMS);
    const { code, stderr } = await nowhere.run('jaeger', 'start');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^bootlab: There is no Jaeger to be had: none answers at .+, its release is not to be had \(http:\/\/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\): check the address and the network\), and there is no docker\. Start one yourself, .+\n$/,
    );
    const page = await nowhere.run('jaeger', 'ui');
    expect(page).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'bootlab: http://127.0.0.1:1 cannot be reached (ECONNREFUSED): check the address and the network.\n',
    });
    nowhere.remove();
  });

  it('refuses a folder that is no page', async () => {
    const { code, stderr } = await home.run('up', '--jaeger-ui', '/nowhere');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "bootlab: /nowhere has no index.html: name the folder with the built files of Jaeger's page, or get them by `bootlab jaeger ui`.\n",
    });
  });
});

describe('bootlab up --jaeger', () => {
  const folder = folderWithFakeJaeger();
  let home: Home;
  let up: Run;
  let url: string;

  const sent = async () => (await (await fetch(`${url}/spans`)).json()) as SentSpan[];
  const forwarded = async () =>
    (JSON.parse((await home.run('status', '--json')).stdout) as { forward: { waiting: number } }).forward;

  beforeAll(async () => {
    home = await homeForJaeger(folder);
    url = home.env['BOOTLAB_LAB__LAB__JAEGER_URL']!;
    up = home.start('up', '--jaeger');
    await up.untilPrinted('Ctrl-C stops it.');
  });
  afterAll(async () => {
    up.child.kill('SIGTERM');
    await up.ended;
    await expect(fetch(url)).rejects.toThrow();
    home.remove();
    rmSync(folder, { recursive: true });
  });

  it('passes every span on to it, and every link points to it', async () => {
    const image = join(home.path, 'disk.raw');
    writeFileSync(image, Buffer.alloc(65536));
    const created = await home.run(
      ...['image', 'create', '--file', image, '--name', 'disk', '--disk-format', 'raw', '--container-format', 'bare'],
    );
    expect(created.stdout).toMatch(new RegExp(` or ${url}/trace/[0-9a-f]{32}\n$`));
    const booted = await home.run('boot', '--image', 'disk', '--flavor', 'm1.nano', '--wait', '--json');
    const { traceId, complete } = JSON.parse(booted.stdout) as { traceId: string; complete: boolean };
    expect(complete).toBe(true);
    const shown = await home.run('trace', 'show', traceId, '--json');
    const { spans } = JSON.parse(shown.stdout) as { spans: { spanId: string; name: string }[] };
    while ((await forwarded()).waiting > 0) continue;
    const there = (await sent()).filter((span) => span.traceId === traceId).map(({ spanId }) => spanId);
    expect(there.sort()).toEqual(spans.map(({ spanId }) => spanId).sort());

    const hop = spans.find(({ name }) => name === '_create_instance')!;
    const opened = await home.run('trace', 'open', traceId, '--span', '_create_instance');
    expect(opened.stdout).toBe(`${url}/trace/${traceId}?uiFind=${hop.spanId}\n`);
    const compared = await home.run('trace', 'open', traceId, '--compare', 'f'.repeat(32), '--print');
    expect(compared.stdout).toBe(`${url}/trace/${traceId}...${'f'.repeat(32)}\n`);
    expect((await home.run('trace', 'open', traceId, '--span', '_create_instanse')).stderr).toContain(
      'Did you mean _create_instance?',
    );
    expect((await home.run('status')).stdout).toMatch(
      /Traces go on to .+: \d+ spans passed on, 0 waiting, 0 dropped\.\n$/,
    );
  });

  it('starts it again when it dies, and loses nothing that was sent meanwhile', async () => {
    const { services } = JSON.parse((await home.run('status', '--json')).stdout) as {
      services: { service: string; pid: number }[];
    };
    process.kill(services.find(({ service }) => service === 'jaeger')!.pid, 'SIGTERM');
    const booted = await home.run('boot', '--image', 'disk', '--flavor', 'm1.nano', '--wait', '--json');
    const { traceId } = JSON.parse(booted.stdout) as { traceId: string };
    await up.untilPrinted('is back after');
    const shown = await home.run('trace', 'show', traceId, '--json');
    const { spans } = JSON.parse(shown.stdout) as { spans: SentSpan[] };
    while ((await forwarded()).waiting > 0) continue;
    const there = new Set((await sent()).filter((span) => span.traceId === traceId).map(({ spanId }) => spanId));
    expect([...there].sort()).toEqual(spans.map(({ spanId }) => spanId).sort());
    expect(await forwarded()).toMatchObject({ dropped: 0 });
  });

  it('belongs to the lab', async () => {
    const { code, stderr } = await home.run('jaeger', 'stop');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `bootlab: The Jaeger at ${url} belongs to the lab and stops with it: \`bootlab down\`.\n`,
    });
  });
});

describe('bootlab up --jaeger without a Jaeger', () => {
  let home: Home;
  let up: Run;

  beforeAll(async () => {
    home = await homeForJaeger(NO_PROGRAMS);
    up = home.start('up', '--jaeger');
    await up.untilPrinted('Ctrl-C stops it.');
  });
  afterAll(async () => {
    up.child.kill('SIGTERM');
    await up.ended;
    home.remove();
  });

  it('goes on with its own store, to which the links point', async () => {
    expect(up.stderr).toContain('The lab goes on with its own store.');
    const { stdout } = await home.run('boot', '--image', 'none', '--flavor', 'm1.nano');
    expect(stdout).toBe('');
    const file = join(home.path, 'trace.json');
    const document = (id: string) => ({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'nova-api' } }] },
          scopeSpans: [
            {
              scope: { name: 'elsewhere' },
              spans: [
                {
                  traceId: id,
                  spanId: '00f067aa0ba902b7',
                  name: 'POST',
                  kind: 2,
                  startTimeUnixNano: '1795368871000000001',
                  endTimeUnixNano: '1795368871000000901',
                },
              ],
            },
          ],
        },
      ],
    });
    const id = 'a'.repeat(32);
    writeFileSync(file, JSON.stringify(document(id)));
    for (const _ of ['once', 'twice']) {
      const imported = await home.run('trace', 'import', file);
      expect(imported.stdout).toMatch(
        new RegExp(
          `^Trace ${id} has 1 spans: see \`bootlab trace show ${id}\` or http://127.0.0.1:\\d+/trace/${id}\n$`,
        ),
      );
    }
    const spansOf = async (trace: string) => {
      const { stdout: shown } = await home.run('trace', 'show', trace, '--json');
      return (JSON.parse(shown) as { spans: object[] }).spans;
    };
    expect(await spansOf(id)).toHaveLength(1);

    for (const format of ['otlp', 'jaeger']) {
      const exported = join(home.path, `${format}.json`);
      expect((await home.run('trace', 'export', id, '--format', format, '-o', exported)).code).toBe(0);
      const other = (format === 'otlp' ? 'b' : 'c').repeat(32);
      writeFileSync(exported, readFileSync(exported, 'utf8').replaceAll(id, other));
      expect((await home.run('trace', 'import', exported)).code).toBe(0);
      const [before, after] = [await spansOf(id), await spansOf(other)];
      // Jaeger's times are whole microseconds.
      const kept = format === 'otlp' ? {} : { startTimeUnixNano: '1795368871000000000', durationNano: 0 };
      expect(after).toEqual(before.map((span) => ({ ...span, traceId: other, ...kept })));
    }
    for (const [format, start] of [
      ['csv', 'trace_id,span_id,'],
      ['dot', 'digraph '],
      ['mermaid', 'sequenceDiagram\n'],
    ] as const) {
      expect((await home.run('trace', 'export', id, '--format', format)).stdout).toMatch(new RegExp(`^${start}`));
    }
  });

  it('imports nothing of several files when one of them is wrong', async () => {
    const good = join(home.path, 'otlp.json');
    const { code, stderr } = await home.run('trace', 'import', good, join(home.path, 'none.json'));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `bootlab: ${join(home.path, 'none.json')} cannot be read (ENOENT): name a file or a URL.\n`,
    });
    expect(existsSync(good)).toBe(true);
  });
});
