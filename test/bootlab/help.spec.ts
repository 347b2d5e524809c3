import { Home } from './command';

jest.setTimeout(60_000);

const COMMANDS = [
  'up',
  'down',
  'status',
  'logs',
  'demo',
  'image create',
  'image list',
  'image show',
  'image save',
  'image delete',
  'flavor list',
  'boot',
  'server list',
  'server show',
  'server delete',
  'notifications',
  'scenario list',
  'scenario show',
  'scenario validate',
  'scenario new',
  'trace list',
  'trace show',
  'trace export',
  'trace import',
  'trace open',
  'jaeger start',
  'jaeger stop',
  'jaeger status',
  'jaeger ui',
  'hop list',
  'hop show',
];

describe('help', () => {
  const home = new Home();
  afterAll(() => home.remove());

  it('lists every command and the exit codes', async () => {
    const { code, stdout } = await home.run('--help');
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command.split(' ')[0]}`);
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 /);
  });

  it.each(COMMANDS)('shows how `%s` is used, with an example', async (command) => {
    const { code, stdout, stderr } = await home.run(...command.split(' '), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: bootlab ${command}`));
    expect(stdout).toContain('Examples:\n  $ bootlab');
  });

  it('loads nothing heavy: no Nest, no OpenTelemetry, no undici, no catalogue', async () => {
    const telling = { NODE_OPTIONS: '--require ' + require.resolve('./fixtures/tell-modules.js') };
    const { stdout } = await home.startWith(telling, '--help').ended;
    const loaded = stdout.split('\n').filter((line) => line.startsWith('loaded '));
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((path) => /nestjs|opentelemetry|undici|catalogue|zod|pino|kysely|sqlite/.test(path))).toEqual(
      [],
    );
  });

  it('prints the version of the package', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect((await home.run('--version')).stdout).toBe(`${version}\n`);
  });
});
