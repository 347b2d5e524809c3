import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeEvent,
  isAlive,
  Lab,
  LabEvent,
  LabFolders,
  readRunRecord,
  runningLab,
  ServiceSpec,
  ServiceStatus,
  startLab,
  untilGone,
} from '../../apps/bootlab/src/lab';

const fixture = (name: string) => join(__dirname, 'fixtures', `${name}.js`);

function service(name: string, script = name, rest: Partial<ServiceSpec> = {}): ServiceSpec {
  return { name, script: fixture(script), after: [], ...rest };
}

/** Collects events; `next` resolves with the first one of a type, past or to come. */
class Events {
  readonly all: LabEvent[] = [];
  #wake: () => void = () => undefined;

  readonly take = (event: LabEvent) => {
    this.all.push(event);
    this.#wake();
  };

  async next<T extends LabEvent['type']>(type: T, number = 1): Promise<Extract<LabEvent, { type: T }>> {
    for (;;) {
      const found = this.all.filter((event) => event.type === type)[number - 1];
      if (found) return found as Extract<LabEvent, { type: T }>;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

describe('the supervisor', () => {
  let home: string;
  let folders: LabFolders;
  let lab: Lab | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'bootlab-supervisor-'));
    folders = new LabFolders(home);
    lab = undefined;
  });

  afterEach(async () => {
    await lab?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const log = (name: string) => readFileSync(folders.logFile(name), 'utf8');

  it('starts services in their order, tells their addresses, and stops them in the opposite order', async () => {
    const events = new Events();
    const services = [service('first', 'serves'), service('second', 'serves', { after: ['first'] })];
    lab = await startLab({ home, services, onEvent: events.take });
    expect(lab.services).toMatchObject([
      { name: 'first', state: 'up', url: expect.stringMatching(/^http:/), restarts: 0 },
      { name: 'second', state: 'up' },
    ]);
    expect(readRunRecord(folders.run)).toMatchObject({ pid: process.pid, state: 'up' });
    expect(readRunRecord(folders.run)?.services).toEqual(JSON.parse(JSON.stringify(lab.services)));
    const { services: started } = lab;
    await lab.stop();
    expect(events.all.map((event) => 'service' in event && [event.type, event.service])).toEqual([
      ['starting', 'first'],
      ['ready', 'first'],
      ['starting', 'second'],
      ['ready', 'second'],
      ['stopped', 'second'],
      ['stopped', 'first'],
    ]);
    expect(started.map(({ pid, birth }) => isAlive({ pid: pid!, birth }))).toEqual([false, false]);
    expect(log('first')).toBe(`serves, home ${home}\nstopped by SIGTERM\n`);
    expect(readRunRecord(folders.run)).toBeUndefined();
  });

  it('gives the reason of a service that cannot start, and stops the others', async () => {
    const events = new Events();
    const services = [service('serves'), service('refuses', 'refuses', { after: ['serves'] })];
    await expect(startLab({ home, services, onEvent: events.take })).rejects.toThrow(
      'refuses cannot start: its port is taken. Set another one.',
    );
    expect(log('serves')).toContain('stopped by SIGTERM');
    expect(readRunRecord(folders.run)).toBeUndefined();
  });

  it('names the log of a service that ends without a word', async () => {
    await expect(startLab({ home, services: [service('breaks')] })).rejects.toThrow(
      `breaks exited with code 7 while it started; the end of ${folders.logFile('breaks')} says why.`,
    );
  });

  it('says what to run when a service is not built', async () => {
    await expect(startLab({ home, services: [service('absent')] })).rejects.toThrow(
      `${fixture('absent')} is missing: run \`npm run build\` first.`,
    );
  });

  it('starts a service that died again, on the same port, and forgets where the dead one listened', async () => {
    const events = new Events();
    lab = await startLab({
      home,
      services: [service('serves', 'serves', { portVariable: 'FIXTURE_PORT' })],
      onEvent: events.take,
    });
    const [before] = lab.services;
    const stale = join(folders.run, 'topic.json');
    writeFileSync(stale, JSON.stringify({ url: 'tcp://127.0.0.1:1', pid: before!.pid }));
    process.kill(before!.pid!, 'SIGKILL');
    expect(await events.next('died')).toMatchObject({
      service: 'serves',
      pid: before!.pid,
      exit: { code: null, signal: 'SIGKILL' },
      restartInMs: 200,
    });
    expect(await events.next('ready', 2)).toMatchObject({ service: 'serves', url: before!.url, again: true });
    const [after] = lab.services;
    expect(after).toMatchObject({ state: 'up', url: before!.url, restarts: 1, lastExit: 'was killed by SIGKILL' });
    expect(after!.pid).not.toBe(before!.pid);
    expect(() => readFileSync(stale)).toThrow('ENOENT');
    expect(await (await fetch(after!.url!)).text()).toBe('ok');
  });

  it('restarts a service when told to, on the same port, and counts no death', async () => {
    const events = new Events();
    lab = await startLab({
      home,
      services: [service('serves', 'serves', { portVariable: 'FIXTURE_PORT' })],
      onEvent: events.take,
    });
    const [before] = lab.services;
    await lab.restart('serves');
    const [after] = lab.services;
    expect(after).toMatchObject({ state: 'up', url: before!.url, restarts: 0, lastExit: undefined });
    expect(after!.pid).not.toBe(before!.pid);
    expect(events.all.map(({ type }) => type)).toEqual(['starting', 'ready', 'stopped', 'starting', 'ready']);
    await expect(lab.restart('nobody')).rejects.toThrow('There is no service nobody; there are serves.');
  });

  it('restarts a service at once that has died', async () => {
    const events = new Events();
    lab = await startLab({ home, services: [service('serves')], onEvent: events.take });
    process.kill(lab.services[0]!.pid!, 'SIGKILL');
    await events.next('died');
    await lab.restart('serves');
    expect(lab.services[0]).toMatchObject({ state: 'up' });
  });

  it('tries again when a restart fails', async () => {
    const events = new Events();
    lab = await startLab({
      home,
      services: [service('serves', 'serves', { portVariable: 'FIXTURE_PORT' })],
      onEvent: events.take,
    });
    const [{ pid, url }] = lab.services as [ServiceStatus];
    process.kill(pid!, 'SIGKILL');
    await events.next('died');
    const squatter = createServer().listen(Number(new URL(url!).port), '127.0.0.1');
    await once(squatter, 'listening');
    const died = await events.next('died', 2);
    expect(describeEvent(died)).toMatch(
      /^serves \(pid \d+\) is down: serves exited with code 1 while it started; .* It starts again in 0\.4 s\.$/,
    );
    squatter.close();
    expect(await events.next('ready', 2)).toMatchObject({ url });
    expect(lab.services[0]).toMatchObject({ state: 'up', restarts: 2 });
  });

  it('keeps the logs of the run before', async () => {
    for (let run = 0; run < 2; run += 1) {
      lab = await startLab({ home, services: [service('serves')] });
      await lab.stop();
    }
    expect(log('serves').match(/serves, home/g)).toHaveLength(1);
    expect(readFileSync(`${folders.logFile('serves')}.1`, 'utf8')).toContain('stopped by SIGTERM');
  });

  it('lets a home have one lab, and replaces the file of a process that is gone', async () => {
    lab = await startLab({ home, services: [service('serves')] });
    await expect(startLab({ home, services: [service('serves')] })).rejects.toThrow(
      `A lab already runs in ${home} (pid ${process.pid}): stop it with \`bootlab down\``,
    );
    expect(runningLab(folders.run)?.pid).toBe(process.pid);
    await lab.stop();

    const gone = spawn('true');
    await once(gone, 'exit');
    mkdirSync(folders.run, { recursive: true });
    writeFileSync(join(folders.run, 'supervisor.json'), JSON.stringify({ pid: gone.pid, state: 'up', services: [] }));
    lab = await startLab({ home, services: [service('serves')] });
    expect(runningLab(folders.run)?.pid).toBe(process.pid);
  });

  it('takes a process that has the number of another one, but began later, for another one', () => {
    expect(isAlive({ pid: process.pid })).toBe(true);
    expect(isAlive({ pid: process.pid, birth: '1' })).toBe(false);
  });

  it('stops while it still starts', async () => {
    const controller = new AbortController();
    const events = new Events();
    const starting = startLab({
      home,
      services: [service('first', 'serves'), service('second', 'serves', { after: ['first'] })],
      signal: controller.signal,
      onEvent: (event) => {
        events.take(event);
        if (event.type === 'ready') controller.abort();
      },
    });
    await expect(starting).rejects.toThrow('The lab was stopped before second had started.');
    expect(await events.next('stopped')).toMatchObject({ service: 'first', killed: false });
    expect(readRunRecord(folders.run)).toBeUndefined();
  });

  it('stops also before the first service starts: told beforehand, or while those of a killed supervisor are waited for', async () => {
    const events = new Events();
    const options = { home, services: [service('serves')], onEvent: events.take };
    const stopped = 'The lab was stopped before serves had started.';
    await expect(startLab({ ...options, signal: AbortSignal.abort() })).rejects.toThrow(stopped);

    const lingering = spawn('sleep', ['60']);
    await once(lingering, 'spawn');
    const gone = spawn('true');
    await once(gone, 'exit');
    const record = { pid: gone.pid, state: 'up', services: [{ name: 'old', pid: lingering.pid }] };
    writeFileSync(join(folders.run, 'supervisor.json'), JSON.stringify(record));
    const controller = new AbortController();
    const starting = startLab({ ...options, signal: controller.signal });
    controller.abort();
    expect(readRunRecord(folders.run)).toMatchObject({ pid: process.pid, state: 'stopping' });
    lingering.kill();
    await expect(starting).rejects.toThrow(stopped);
    expect(events.all).toEqual([]);
    expect(readRunRecord(folders.run)).toBeUndefined();
  });

  it('kills a service that does not stop', async () => {
    const events = new Events();
    lab = await startLab({ home, services: [service('deaf')], onEvent: events.take, stopGraceMs: 100 });
    await lab.stop();
    expect(await events.next('stopped')).toMatchObject({ service: 'deaf', killed: true });
  });

  it('leaves no orphan when the supervisor itself is killed', async () => {
    const supervisor = spawn(process.execPath, [fixture('supervises'), home, 'serves', 'deaf'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const started = JSON.parse(line.toString()) as ServiceStatus[];
    supervisor.kill('SIGKILL');
    const processes = started.map(({ pid, birth }) => ({ pid: pid!, birth }));
    expect(processes).toHaveLength(2);
    expect(await untilGone(processes, 5_000)).toEqual([]);
    expect(log('serves')).toContain('stopped by disconnect');
  });

  it('waits for the services of a supervisor that was killed before it starts its own', async () => {
    const supervisor = spawn(process.execPath, [fixture('supervises'), home, 'serves'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const [before] = JSON.parse(line.toString()) as ServiceStatus[];
    supervisor.kill('SIGKILL');
    await once(supervisor, 'exit');
    lab = await startLab({ home, services: [service('serves')] });
    expect(isAlive({ pid: before!.pid!, birth: before!.birth })).toBe(false);
    expect(readFileSync(`${folders.logFile('serves')}.1`, 'utf8')).toContain('stopped by disconnect');
  });
});
