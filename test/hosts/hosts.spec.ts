import { hopId, Span } from '@bootlab/trace-model';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baggage, FaultyLab, spansOf } from '../faults/faulty-lab';
import { hopPairs, isCall, neverPlayed, treeOf } from '../support/traces';
import { LoneHost } from './lone-host';

const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';
const FETCH = 'nova.virt.libvirt.utils.fetch_image';
const BUILD = 'nova.compute.manager.ComputeManager._build_and_run_instance';
const NEXT_HOST = 'nova.conductor.manager.ComputeTaskManager.build_instances';
const HOSTS = ['compute1', 'compute2', 'compute3'];

interface Host {
  name: string;
  state: string;
  servers: number;
}

interface Built {
  status: string;
  host: string | null;
  fault?: { code: number; message: string };
  spans: Span[];
}

const hostOf = ({ resource }: Span) => resource['host.name'];

describe('a lab with three compute hosts', () => {
  let lab: FaultyLab;
  let image: string;

  async function boot(headers: Record<string, string> = {}): Promise<Built> {
    const { id, traceId } = await lab.boot(image, headers);
    const { complete, missing, spans } = await lab.trace(traceId);
    expect({ complete, missing }).toEqual({ complete: true, missing: [] });
    const { status, fault, 'OS-EXT-SRV-ATTR:host': host } = await lab.server(id);
    return { status, host, fault, spans };
  }

  async function hosts(): Promise<Host[]> {
    return JSON.parse((await lab.own.bootlab('host', 'list', '--json')).stdout) as Host[];
  }

  /** The hosts once they are as wanted. */
  async function hostsOnce(met: (all: Host[]) => boolean): Promise<Host[]> {
    for (;;) {
      const all = await hosts();
      if (met(all)) return all;
    }
  }

  const failing = (host: string, exception = 'builtins.OSError') =>
    ({ hop: SPAWN, kind: 'error', exception, host }) as const;

  beforeAll(async () => {
    lab = await FaultyLab.start({
      BOOTLAB_LAB__LAB__HOSTS: '3',
      BOOTLAB_LAB__LAB__LEVEL: 'detail',
      BOOTLAB_NOVA__DEFAULT__REPORT_INTERVAL: '1',
      BOOTLAB_NOVA__DEFAULT__SERVICE_DOWN_TIME: '4',
    });
    image = await lab.createImage({}, randomBytes(256 * 1024));
  }, 60_000);
  afterAll(() => lab.own.stop(), 30_000);

  it('has a process for each, known to nova as up', async () => {
    expect(Object.keys(lab.own.urls).filter((name) => name.startsWith('compute-manager'))).toEqual(
      HOSTS.map((host) => `compute-manager@${host}`),
    );
    expect((await hosts()).map(({ name, state }) => [name, state]).sort()).toEqual(HOSTS.map((host) => [host, 'up']));
    const { stdout } = await lab.own.bootlab('host', 'list');
    expect(stdout).toMatch(/^compute2\s+up\s+enabled\s/m);
  });

  it('spreads servers by free memory; each host downloads the image once and keeps its own', async () => {
    const first = [await boot(), await boot(), await boot()];
    const again = await boot();
    expect(first.map(({ host }) => host).sort()).toEqual(HOSTS);
    for (const { status, host, spans } of first) {
      expect(status).toBe('ACTIVE');
      const built = spans.filter(({ service }) => service === 'compute-manager');
      expect([...new Set(built.map(hostOf))]).toEqual([host]);
      expect(spansOf(spans, FETCH)).toHaveLength(1);
      const folder = join(lab.own.home, 'instances', host!);
      expect(readdirSync(join(folder, '_base'))).toHaveLength(1);
    }
    expect(spansOf(again.spans, FETCH)).toEqual([]);
    expect((await hosts()).reduce((sum, { servers }) => sum + servers, 0)).toBe(4);
  });

  it('builds on the second host what the first one cannot, both attempts in one trace', async () => {
    const { status, host, fault, spans } = await boot(baggage(failing('compute1'), failing('compute2')));
    expect({ status, host, fault }).toEqual({ status: 'ACTIVE', host: 'compute3', fault: undefined });
    const attempts = spansOf(spans, BUILD);
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.at(-1)).toMatchObject({ status: { code: 'unset' } });
    for (const failed of attempts.slice(0, -1)) {
      expect(failed.attributes).toMatchObject({ 'error.type': 'RescheduledException' });
    }
    expect(spansOf(spans, NEXT_HOST)).toHaveLength(attempts.length - 1);
    const odd = hopPairs(treeOf(spans)).filter(([parent, child]) => !isCall(parent, child, neverPlayed));
    expect(odd).toEqual([]);
  });

  it('tries each host once and ends with the last reason', async () => {
    const { status, host, fault, spans } = await boot(baggage(...HOSTS.map((name) => failing(name))));
    expect({ status, host }).toEqual({ status: 'ERROR', host: null });
    expect(fault?.message).toMatch(/^Exceeded maximum number of retries\. 3 hosts have tried .* no space is left/);
    const attempts = spansOf(spans, BUILD);
    expect(attempts.map(hostOf).sort()).toEqual(HOSTS);
    expect(spansOf(spans, 'nova.scheduler.utils.populate_retry').at(-1)?.attributes).toMatchObject({
      'error.type': 'MaxRetriesExceeded',
      'retry.num_attempts': 4,
    });
    const odd = hopPairs(treeOf(spans)).filter(([parent, child]) => !isCall(parent, child, neverPlayed));
    expect(odd).toEqual([]);
  });

  it('does not try again what no host could do', async () => {
    const unfit = HOSTS.map((name) => failing(name, 'nova.exception.ImageUnacceptable'));
    const { status, fault, spans } = await boot(baggage(...unfit));
    expect(status).toBe('ERROR');
    expect(fault?.message).toMatch(/^Build of instance .* aborted/);
    expect(spansOf(spans, BUILD)).toHaveLength(1);
    expect(spansOf(spans, NEXT_HOST)).toEqual([]);
  });

  it('does not choose a host that was killed, once its reports have stopped for long enough', async () => {
    const largest = new LoneHost(lab.own, 'largest', 1_000_000_000);
    await hostsOnce((all) => all.some(({ name, state }) => name === 'largest' && state === 'up'));
    expect(await boot()).toMatchObject({ status: 'ACTIVE', host: 'largest' });
    await largest.kill();
    const left = await hostsOnce((all) => all.some(({ name, state }) => name === 'largest' && state === 'down'));
    expect(left.filter(({ state }) => state === 'up').map(({ name }) => name).sort()).toEqual(HOSTS); // prettier-ignore
    const { status, host } = await boot();
    expect(status).toBe('ACTIVE');
    expect(HOSTS).toContain(host);
  });

  it('has no traces of reports', async () => {
    const answer = await fetch(`${lab.own.urls['lab']}/api/traces?service=conductor&limit=100`);
    const { data } = (await answer.json()) as { data: { spans: { references: unknown[]; operationName: string }[] }[] };
    const roots = data.map(({ spans }) => spans.find(({ references }) => references.length === 0)?.operationName);
    expect([...new Set(roots)]).toEqual(['POST /v2.1/servers']);
    const spans = (await boot()).spans;
    expect(spans.filter((span) => hopId(span.attributes) === undefined && /services/.test(span.name))).toEqual([]);
  });
});
