import type { RunReport } from '@bootlab/scenario';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Home } from '../bootlab/command';

const HOLDS = `name: holds
title: A boot that holds
about: It does.
given:
  images: { disk: { size: 1 MiB, header: mbr } }
  web: { /disk.img: { size: 64 KiB, redirects: 2 } }
when:
  - boot: { image: disk }
  - parallel:
      - download: { image: disk }
      - http: { service: glance-api, path: '/v1/images/\${images.disk.id}', method: HEAD }
then:
  - server: { status: ACTIVE, task_state: null }
  - bytes_equal: { image: disk }
  - bytes_equal: { of: download, image: disk }
  - http: { of: http, status: 200, headers: { x-image-meta-status: active } }
  - path: [LibvirtDriver.spawn, fetch_image, Controller._get_from_store]
  - complete: true
  - shape: true
`;

const FAILS = `name: fails
title: A boot of which something else is said
about: The file of the image is gone.
given:
  images: { disk: { size: 64 KiB, stored: { missing: true } } }
faults:
  - at: Controller._get_from_store
    delay: 1 ms
    after: 50
when:
  - boot: { image: disk }
then:
  - server: { status: ACTIVE }
  - absent: integrity_iter
`;

const OWN = `name: own
title: A lab of its own
about: A service starts again, and a rule is another one.
given:
  images: { disk: { size: 64 KiB } }
  policy: { download_image: "role:admin" }
when:
  - restart: glance-api
  - download: { image: disk }
then:
  - http: { status: 403 }
`;

/** The link at the end of a scenario's line. */
function linkOf(start: string, stdout: string): string {
  return (
    stdout
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.split(/ +/)
      .at(-1) ?? ''
  );
}

/** Whether a link leads to a place in a page that is there. */
function isThere(link: string): boolean {
  const { pathname, hash } = new URL(link);
  return readFileSync(pathname, 'utf8').includes(` id="${hash.slice(1)}"`);
}

describe('bootlab run', () => {
  let home: Home;
  let scenarios: string;
  let temporary: string;

  beforeEach(() => {
    home = new Home();
    temporary = join(home.path, 'tmp');
    scenarios = join(home.path, 'scenarios');
    for (const folder of [temporary, scenarios]) mkdirSync(folder);
    home.env['TMPDIR'] = temporary;
  });
  afterEach(() => home.remove());

  const write = (name: string, text: string) => {
    const file = join(scenarios, `${name}.yaml`);
    writeFileSync(file, text);
    return file;
  };

  it('tells what holds and what does not, writes the reports and leaves nothing else behind', async () => {
    const [holds, fails] = [write('holds', HOLDS), write('fails', FAILS)];
    const reports = ['junit', 'json', 'html'].map((form) => [form, join(home.path, form)] as const);
    const options = reports.flatMap(([form, file]) => ['--report', `${form}=${file}`]);
    const { code, stdout } = await home.run('run', holds, fails, '--seed', '7', '--update-traces', ...options);

    const page = pathToFileURL(reports[2]![1]).href;
    expect(linkOf('✓ holds', stdout).startsWith(`${page}#`)).toBe(true);
    expect(isThere(linkOf('✗ fails', stdout))).toBe(true);
    expect(stdout).toContain(`${fails}:13:5: the server has status ACTIVE`);
    expect(stdout).toMatch(/^ +found +status ERROR$/m);
    expect(stdout).toContain('The fault never fired: delay of 1 ms');
    expect(stdout).toMatch(/^1 passed, 1 failed in .* Seed 7\.$/m);
    expect(code).toBe(1);

    const json = JSON.parse(readFileSync(reports[1]![1], 'utf8')) as RunReport;
    expect(json).toMatchObject({
      seed: 7,
      scenarios: [
        { name: 'holds', result: 'passed' },
        { name: 'fails', result: 'failed' },
      ],
    });
    const links = json.scenarios.flatMap(({ traces }) => traces.map(({ link }) => link));
    expect(links.length).toBe(4);
    for (const link of links) expect(isThere(link!)).toBe(true);
    expect(readFileSync(reports[0]![1], 'utf8')).toContain(`<system-out>trace of boot: ${linkOf('✓ holds', stdout)}`);
    expect(existsSync(join(home.path, 'run.html'))).toBe(false);
    expect(readFileSync(reports[2]![1], 'utf8')).toContain('A boot that holds');
    expect(readdirSync(temporary)).toEqual([]);

    // The reference that was written is what the next run's trace looks like.
    expect(readdirSync(join(home.path, 'traces'))).toEqual(['holds.json']);
    const again = await home.run('run', holds, '--repeat', '2', '--jobs', '1');
    expect(again.stdout).toContain('holds: the same shape in all 2 runs');
    expect(again.code).toBe(0);
  }, 120_000);

  it('puts the traces into the lab that is up, and links to them there', async () => {
    const lab = home.start('up');
    try {
      await lab.untilPrinted('Traces ');
      const { code, stdout } = await home.run('run', write('fails', FAILS));
      const link = linkOf('✗ fails', stdout);
      expect(link).toBe((await home.run('trace', 'open', link.slice(-32), '--print')).stdout.trim());
      expect(await (await fetch(link)).text()).toContain('_get_from_store');
      expect(code).toBe(1);
      expect(existsSync(join(home.path, 'run.html'))).toBe(false);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      lab.child.kill('SIGINT');
      await lab.ended;
    }
  }, 120_000);

  it('gives a scenario the lab that it needs', async () => {
    const { code, stdout } = await home.run('run', write('own', OWN), '--keep');
    expect(stdout).toMatch(/^✓ own /m);
    expect(code).toBe(0);
    const [kept] = readdirSync(temporary);
    expect(readdirSync(join(temporary, kept!, 'logs')).sort()).toEqual(['glance-api.log', 'lab.log', 'registry.log']);
  }, 120_000);

  it('tells every mistake of a wrong file and runs none', async () => {
    const wrong = write('wrong', HOLDS.replace('ACTIVE', 'ACTIV').replace('title', 'titel'));
    const { code, stdout, stderr } = await home.run('run', write('holds', HOLDS), wrong);
    expect(stderr).toContain(`${wrong}:2:1: `);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    [['--report', 'pdf=x'], 2, 'Write it as junit=FILE, json=FILE or html=FILE.'],
    [['--lab', '/nowhere'], 3, 'No lab runs in /nowhere on this machine'],
  ])('refuses %j', async (options, expected, message) => {
    const { code, stderr } = await home.run('run', write('holds', HOLDS), ...options);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
  });

  it('stops everything when it is told to', async () => {
    const watcher = watch(temporary);
    const run = home.start('run', write('fails', FAILS), write('own', OWN), '--jobs', '1');
    await run.untilPrinted('✗ fails');
    await once(watcher, 'change');
    watcher.close();
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect(stderr).toContain('Stopped: 1 of 2 did not run to their end.');
    // What has run by then can be looked at.
    expect(isThere(linkOf('✗ fails', stdout))).toBe(true);
    expect(code).toBe(3);
    expect(readdirSync(temporary)).toEqual([]);
  }, 120_000);
});
