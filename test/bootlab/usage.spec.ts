import { Home } from './command';

jest.setTimeout(60_000);

/** A lab that does not run: every port is a free one that nobody has. */
describe('wrong use', () => {
  const home = new Home();
  afterAll(() => home.remove());

  it.each([
    [['frob'], "unknown command 'frob'"],
    [['statsu'], 'Did you mean status?'],
    [['boot'], "required option '--image <image>' not specified"],
    [['boot', '--image', 'a', '--flavor', 'b', '--count', '0'], 'Give a whole number from 1 on.'],
    [['boot', '--image', 'a', '--flavor', 'b', '--timeout', 'soon'], 'Give a number of seconds above 0.'],
    [['trace', 'show', 'xyz'], 'A trace id has 32 hex digits'],
    [['trace', 'show', 'a'.repeat(32), '--level', 'deep'], 'Allowed choices are story, path, detail.'],
    [
      ['image', 'create', '--file', 'x', '--name', 'x', '--disk-format', 'floppy', '--container-format', 'bare'],
      'Allowed choices are ami, ari, aki, vhd, vhdx, vmdk, raw, qcow2, vdi, iso, ploop.',
    ],
    [
      ['image', 'create', '--file', 'x', '--name', 'x', '--disk-format', 'raw', '--container-format', 'box'],
      'Allowed choices are ami, ari, aki, bare, ovf, ova, docker.',
    ],
    [
      [
        'image',
        'create',
        '--file',
        'x',
        '--name',
        'x',
        '--disk-format',
        'raw',
        '--container-format',
        'bare',
        '--property',
        'k',
      ],
      'Write it as key=value.',
    ],
    [
      [
        'image',
        'create',
        '--file',
        '/nowhere/x.img',
        '--name',
        'x',
        '--disk-format',
        'raw',
        '--container-format',
        'bare',
      ],
      'bootlab: /nowhere/x.img is not there: name an image file with --file.',
    ],
    [
      ['image', 'create', '--file', '/', '--name', 'x', '--disk-format', 'raw', '--container-format', 'bare'],
      'bootlab: / is not a file: name an image file with --file.',
    ],
  ])('%j ends with exit code 2 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await home.run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    [['image', 'list']],
    [['image', 'show', 'demo']],
    [['flavor', 'list']],
    [['server', 'list']],
    [['server', 'delete', 'demo']],
    [['trace', 'list']],
    [['boot', '--image', 'demo', '--flavor', 'm1.tiny']],
    [['image', 'create', '--file', __filename, '--name', 'x', '--disk-format', 'raw', '--container-format', 'bare']],
  ])('%j without a lab ends with exit code 3 and says how to start one', async (args) => {
    const { code, stderr } = await home.run(...args);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^bootlab: No lab runs in .+: start the lab with `bootlab up`\.\n$/);
  });

  it('names the address when another program could have been there', async () => {
    const elsewhere = new Home({ BOOTLAB_LAB__LAB__PORT: '1' });
    const { code, stderr } = await elsewhere.run('trace', 'list');
    expect(code).toBe(3);
    expect(stderr).toContain('no lab answers at http://127.0.0.1:1: start the lab with `bootlab up`.');
    elsewhere.remove();
  });

  it('shows a stack only when asked to', async () => {
    const { stderr } = await home.run('flavor', 'list', '--debug');
    expect(stderr).toMatch(/^\s+at /m);
  });

  it('names BOOTLAB_HOME when the home cannot be written to', async () => {
    const { code, stderr } = await home.startWith({ BOOTLAB_HOME: '/dev/null/lab' }, 'up').ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot write to /dev/null/lab/logs (ENOTDIR): make it writable or set BOOTLAB_HOME');
  });

  it('tells every mistake of the configuration before anything starts', async () => {
    const wrong = new Home({
      BOOTLAB_LAB__LAB__LEVEL: 'deep',
      BOOTLAB_NOVA__QUOTA__INSTANCE: '3',
      BOOTLAB_NOVAA__API__X: '',
    });
    const { code, stderr } = await wrong.run('up');
    expect(code).toBe(1);
    expect(stderr).toContain('level is none of story, path, detail');
    expect(stderr).toContain('no option instance in [quota]. Did you mean instances?');
    expect(stderr).toContain('BOOTLAB_NOVAA__API__X: no configuration file has the prefix BOOTLAB_NOVAA__.');
    wrong.remove();
  });
});
