import type { RunReport } from '@bootlab/scenario';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Home } from '../bootlab/command';

const boot = { boot: { image: 'disk' } };

/** Scenarios by what they show; each must pass. */
const shown: Record<string, object> = {
  'warm-cache': {
    given: { images: { disk: { size: '64 KiB' } }, cache: 'warm' },
    when: [boot],
    then: [
      { server: { status: 'ACTIVE' } },
      { absent: 'nova.virt.libvirt.utils.fetch_image' },
      { bytes_equal: { image: 'disk' } },
    ],
  },
  'stored-byte-changed': {
    given: { images: { disk: { size: '64 KiB', stored: { corrupt: 1000 } } } },
    when: [boot],
    then: [
      { server: { status: 'ERROR', fault: { message: 'MD5' } } },
      { present: { hop: 'glanceclient.common.utils.integrity_iter', failed: true } },
    ],
  },
  'web-server-breaks-off': {
    given: {
      web: { '/disk.img': { size: '64 KiB', truncate: 1000 } },
      images: { disk: { location: '${web}/disk.img' } },
    },
    when: [boot],
    then: [
      { server: { status: 'ERROR' } },
      { present: { hop: 'glance_store._drivers.http.http_response_iterator', failed: true } },
    ],
  },
  'status-without-bytes': {
    matrix: { status: ['killed', 'saving', 'pending_delete'] },
    given: { images: { disk: { size: '64 KiB', status: '${status}' } } },
    when: [boot],
    then: [
      { http: { status: 400, message: 'is not active' } },
      { image: { of: 'disk', status: '${status}' } },
      { absent: 'nova.compute.api.API._provision_instances' },
    ],
  },
  'file-beside': {
    given: { images: { disk: { file: 'disk.img' } } },
    when: [boot, { download: { image: 'disk' } }],
    then: [
      { server: { status: 'ACTIVE' } },
      { bytes_equal: { image: 'disk' } },
      { bytes_equal: { of: 'download', image: 'disk' } },
    ],
  },
  'trace-of-a-service': {
    given: { images: { disk: { size: '64 KiB' } } },
    when: [boot, { restart: 'compute-manager' }, { find_trace: { hop: 'ComputeManager._init_instance' }, as: 'back' }],
    then: [
      {
        of: 'back',
        present: { hop: 'ComputeManager._init_instance', attributes: { 'instance.vm_state': 'active' } },
      },
      { of: 'back', complete: true },
    ],
  },
};

describe('what a scenario gives', () => {
  const home = new Home();
  const folder = join(home.path, 'scenarios');
  let run: RunReport;

  beforeAll(async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'disk.img'), randomBytes(100_001));
    for (const [name, scenario] of Object.entries(shown)) {
      writeFileSync(join(folder, `${name}.yaml`), stringify(scenario, { aliasDuplicateObjects: false }));
    }
    const report = join(home.path, 'run.json');
    const { stderr } = await home.run('run', folder, '--report', `json=${report}`);
    if (stderr.includes(folder)) throw new Error(stderr);
    run = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
  }, 90_000);
  afterAll(() => home.remove());

  it.each(Object.keys(shown))('%s', (name) => {
    const reports = run.scenarios.filter((one) => one.name === name);
    const problems = reports.flatMap(({ reason, assertions }) => [
      ...(reason === undefined ? [] : [reason]),
      ...assertions.filter(({ ok }) => !ok),
    ]);
    expect(problems).toEqual([]);
    expect(reports.map(({ result }) => result)).toEqual(reports.map(() => 'passed'));
    expect(reports.length).toBeGreaterThan(0);
  });
});
