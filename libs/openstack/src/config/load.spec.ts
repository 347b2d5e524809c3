import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, labConf, loadConf, novaConf, strayVariables } from '.';

describe('loadConf', () => {
  const etc = mkdtempSync(join(tmpdir(), 'bootlab-etc-'));
  const env = { BOOTLAB_ETC: etc, BOOTLAB_HOME: '/state' };
  const write = (text: string) => writeFileSync(join(etc, 'nova.conf'), text);

  afterAll(() => rmSync(etc, { recursive: true }));

  it('gives defaults where there is no file', () => {
    expect(loadConf(labConf, env).lab).toMatchObject({ listen: '127.0.0.1', port: 8080 });
  });

  it('reads sections, comments and continued lines, and fills in the state path', () => {
    write(
      '# a comment\n[DEFAULT]\nhost = node1\n; another\n[glance]\napi_servers = http://a,\n  http://b\nnum_retries=2\n',
    );
    const conf = loadConf(novaConf, env);
    expect(conf.DEFAULT.host).toBe('node1');
    expect(conf.DEFAULT.instances_path).toBe('/state/instances');
    expect(conf.glance).toMatchObject({ api_servers: ['http://a', 'http://b'], num_retries: 2 });
  });

  it('lets the environment win over the file', () => {
    write('[DEFAULT]\nosapi_compute_listen_port = 1\n');
    const conf = loadConf(novaConf, { ...env, BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT: '0' });
    expect(conf.DEFAULT.osapi_compute_listen_port).toBe(0);
  });

  it('keeps whole numbers in their range, and takes no part of a name for the whole', () => {
    write('[DEFAULT]\nreport_interval = 0\n[quota]\ncores = -2\n');
    const variable = 'BOOTLAB_NOVA__QUOTA__CORES__MAX';
    expect(() => loadConf(novaConf, { ...env, [variable]: '1' })).toThrow(
      new ConfigError([
        `${join(etc, 'nova.conf')}:2: report_interval is less than 1; it takes whole number from 1 on.`,
        `${join(etc, 'nova.conf')}:4: cores is less than -1; it takes whole number from -1 on.`,
        `environment: ${variable}: no option cores__max in [quota]. Did you mean cores?`,
      ]),
    );
  });

  it('names file, line and the nearest right name for every mistake at once', () => {
    write('[DEFAULT]\nhots = a\nosapi_compute_listen_port = many\n[glanse]\nx = 1\nnonsense\n');
    const problems = (() => {
      try {
        loadConf(novaConf, { ...env, BOOTLAB_NOVA__QUOTA__CORS: '1' });
        return [];
      } catch (error) {
        return (error as ConfigError).problems;
      }
    })();
    const file = join(etc, 'nova.conf');
    expect(problems).toEqual([
      `${file}:6: "nonsense" is not an option; write name = value.`,
      `${file}:2: no option hots in [DEFAULT]. Did you mean host?`,
      `${file}:3: osapi_compute_listen_port is not a whole number; it takes port, 0 for any free one.`,
      `${file}:5: no section [glanse] in nova.conf. Did you mean glance?`,
      'environment: BOOTLAB_NOVA__QUOTA__CORS: no option cors in [quota]. Did you mean cores?',
    ]);
  });
});

describe('strayVariables', () => {
  it('finds variables that name no file, with the right name', () => {
    const env = { BOOTLAB_NOVAA__QUOTA__CORES: '1', BOOTLAB_NOVA__QUOTA__CORES: '1', BOOTLAB_HOME: '/', PATH: '/' };
    expect(strayVariables(env)).toEqual([
      'environment: BOOTLAB_NOVAA__QUOTA__CORES: no configuration file has the prefix BOOTLAB_NOVAA__. Did you mean BOOTLAB_NOVA__QUOTA__CORES?',
    ]);
  });
});
