import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerCommand } from './docker';
import { JAEGER_VERSION } from './release';

const ADDRESS = { url: 'http://127.0.0.1:26686', otlp: 'http://127.0.0.1:24318' };
const IMAGE = `jaegertracing/jaeger:${JAEGER_VERSION}`;

describe('dockerCommand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fake-docker-'));
  const asked = join(folder, 'asked');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A docker that fails the commands that begin with one of `failing`. */
  const withDocker = (...failing: string[]) => {
    const cases = failing.map((command) => `"${command}"*) exit 1;;`).join(' ');
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\necho "$*" >> ${asked}\ncase "$*" in ${cases} *) exit 0;; esac\n`);
    chmodSync(join(folder, 'docker'), 0o755);
    writeFileSync(asked, '');
    return dockerCommand(ADDRESS, { PATH: folder });
  };

  it('runs the image on the configured ports of this machine alone', async () => {
    const ports = ['26686:16686', '24318:4318', '14268:14268'].flatMap((ports) => ['-p', `127.0.0.1:${ports}`]);
    expect(await withDocker()).toEqual({ command: [join(folder, 'docker'), 'run', '--rm', ...ports, IMAGE] });
    expect(readFileSync(asked, 'utf8')).toBe(`info\nimage inspect ${IMAGE}\n`);
  });

  it('pulls an image that is not there', async () => {
    expect(await withDocker('image inspect')).toHaveProperty('command');
    expect(readFileSync(asked, 'utf8')).toContain(`pull ${IMAGE}\n`);
  });

  it.each([
    [['info'], 'docker does not answer'],
    [['image inspect', 'pull'], `docker cannot pull ${IMAGE}`],
  ])('says why when %j fails', async (failing, reason) => {
    expect(await withDocker(...failing)).toEqual({ reason });
  });

  it('says so when there is none', async () => {
    expect(await dockerCommand(ADDRESS, { PATH: '/nowhere' })).toEqual({ reason: 'there is no docker' });
  });
});
