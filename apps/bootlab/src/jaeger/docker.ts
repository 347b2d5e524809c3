import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { onPath } from './find';
import { JaegerAddress, portOf } from './plan';
import { JAEGER_VERSION } from './release';

const run = promisify(execFile);
const IMAGE = `jaegertracing/jaeger:${JAEGER_VERSION}`;
const ANSWER_MS = 5_000;
const PULL_MS = 600_000;

/** The command that runs Jaeger's image; a reason in words when Docker is not there or has no such image to give. */
export async function dockerCommand(
  address: JaegerAddress,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ command: string[] } | { reason: string }> {
  const docker = onPath('docker', env);
  if (docker === undefined) return { reason: 'there is no docker' };
  if (!(await succeeds(docker, 'info'))) return { reason: 'docker does not answer' };
  if (!(await succeeds(docker, 'image', 'inspect', IMAGE)) && !(await pull(docker))) {
    return { reason: `docker cannot pull ${IMAGE}` };
  }
  const ports = [
    [portOf(address.url), 16686],
    [portOf(address.otlp), 4318],
    [14268, 14268],
  ];
  const published = ports.flatMap(([outside, inside]) => ['-p', `127.0.0.1:${outside}:${inside}`]);
  return { command: [docker, 'run', '--rm', ...published, IMAGE] };
}

async function succeeds(docker: string, ...args: string[]): Promise<boolean> {
  return run(docker, args, { timeout: ANSWER_MS }).then(
    () => true,
    () => false,
  );
}

/** Shows docker's own progress, which goes to standard error here. */
async function pull(docker: string): Promise<boolean> {
  const child = spawn(docker, ['pull', IMAGE], { stdio: ['ignore', 2, 2], timeout: PULL_MS });
  return once(child, 'exit').then(
    ([code]) => code === 0,
    () => false,
  );
}
