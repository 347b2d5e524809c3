import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { OwnLab, startOwnLab } from '../support/own-lab';
import { composeFile, deployFolder } from './compose-file';

const { services } = composeFile();

function healthy(...words: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(deployFolder, 'health.js'), ...words], (error) => resolve(error === null));
  });
}

describe('the health checks of deploy/compose.yaml in a running lab', () => {
  let lab: OwnLab;

  beforeAll(async () => {
    lab = await startOwnLab();
  }, 60_000);
  afterAll(() => lab.stop(), 30_000);

  /** The words after the program, with the addresses of this lab. */
  function wordsOf(service: string): string[] {
    const [, , , kind = '', url = '', ...rest] = services[service]?.healthcheck?.test ?? [];
    const { pathname, search } = new URL(url);
    const base = lab.urls[kind === 'http' ? service : 'compute-api'] ?? '';
    return [kind, kind === 'http' ? `${base}${pathname}${search}` : base, ...rest];
  }

  it.each(['lab', 'registry', 'glance-api', 'compute-api', 'conductor', 'compute-manager'])(
    'find %s well',
    async (service) => {
      expect(await healthy(...wordsOf(service))).toBe(true);
    },
  );

  it('tell what is not there', async () => {
    expect(await healthy('report', lab.urls['compute-api'] ?? '', 'nova-scheduler')).toBe(false);
    expect(await healthy('http', 'http://127.0.0.1:1/')).toBe(false);
  });

  it('leave no trace', async () => {
    await Promise.all(['registry', 'glance-api', 'compute-api', 'conductor'].map((name) => healthy(...wordsOf(name))));
    const { stdout } = await lab.bootlab('trace', 'list', '--json');
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
