import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartedLab, startLab } from '../testing/start-lab';
import { prepareIndex } from './ui-index';

const OLD = `<head><base href="/" data-inject-target="BASE_URL" /><script>
  const JAEGER_CONFIG = DEFAULT_CONFIG; const JAEGER_STORAGE_CAPABILITIES = DEFAULT_STORAGE_CAPABILITIES;
  const JAEGER_VERSION = DEFAULT_VERSION; function x() { return DEFAULT_CONFIG; }</script></head>`;
const NEW = `<head lang="en"><script>JAEGER_BACKEND_CAPABILITIES=DEFAULT_BACKEND_CAPABILITIES;</script></head>`;

describe('prepareIndex', () => {
  it('puts configuration, version, capabilities and base into pages of old builds and new', () => {
    const old = prepareIndex(OLD);
    expect(old).toMatch(/^<head><base href="\/jaeger\/" \/>/);
    expect(old).toMatch(/JAEGER_CONFIG = \{"linkPatterns".*\};/);
    expect(old).toMatch(/JAEGER_VERSION = \{"gitCommit"/);
    expect(old).toContain('JAEGER_STORAGE_CAPABILITIES = {"archiveStorage":true,"metricsStorage":true};');
    expect(old).toContain('return DEFAULT_CONFIG;');
    const capabilities =
      '{"archiveStorage":true,"metricsStorage":true,"searchWithoutServiceName":true,"aiAssistant":false}';
    expect(prepareIndex(NEW)).toContain(`JAEGER_BACKEND_CAPABILITIES = ${capabilities};`);
  });
});

describe('/jaeger/', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jaeger-ui-'));
  let lab: StartedLab;
  beforeAll(async () => {
    mkdirSync(join(folder, 'ui/static'), { recursive: true });
    writeFileSync(join(folder, 'ui/index.html'), OLD);
    writeFileSync(join(folder, 'ui/static/index-1a.js'), 'js');
    writeFileSync(join(folder, 'secret.js'), 'secret');
    symlinkSync(join(folder, 'secret.js'), join(folder, 'ui/static/link.js'));
    lab = await startLab({ jaegerUi: join(folder, 'ui') });
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['search', 'trace/abc', 'trace/a...b?cohort=a', 'dependencies', 'monitor'])(
    'serves the page for %s',
    async (view) => {
      const { status, type, text } = await lab.call('GET', `/jaeger/${view}`);
      expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toBe(prepareIndex(OLD));
    },
  );

  it('serves its files', async () => {
    expect(await lab.call('GET', '/jaeger/static/index-1a.js')).toMatchObject({
      status: 200,
      type: expect.stringMatching('javascript'),
      text: 'js',
    });
    for (const path of ['static/none.js', 'trace/static/index-1a.js', 'static/']) {
      expect([path, (await lab.call('GET', `/jaeger/${path}`)).status]).toEqual([path, 404]);
    }
  });

  it.each([
    '../secret.js',
    'static/../../secret.js',
    'static/%2e%2e/%2e%2e/secret.js',
    'static/..%2f..%2fsecret.js',
    '%2e%2e%2fsecret.js',
    'static/link.js',
    'static/%00.js',
    `static/${'a'.repeat(5000)}.js`,
    '/etc/hosts.txt',
  ])('reaches no other file: %s', async (path) => {
    const { status, text } = await lab.call('GET', `/jaeger/${path}`);
    expect([400, 404, 414]).toContain(status);
    expect(text).not.toBe('secret');
  });

  it('says what to do when there are no files', async () => {
    const other = await startLab();
    const { status, text } = await other.call('GET', '/jaeger/search');
    expect(status).toBe(404);
    expect((JSON.parse(text) as { message: string }).message).toMatch(/bootlab jaeger ui/);
    await other.stop();
  });
});
