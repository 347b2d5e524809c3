import { projectRoot } from '@bootlab/openstack';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BOOTLAB = join(projectRoot(), 'dist/apps/bootlab/src/main.js');

/** A lab of its own, on free ports and in a folder of its own, started through the command as a user would. */
export interface OwnLab {
  urls: Record<string, string>;
  pids: Record<string, number>;
  supervisorPid: number;
  home: string;
  /** For child processes that are to use this lab. */
  env: NodeJS.ProcessEnv;
  /** Runs the command against this lab; rejects when it exits with another code than 0. */
  bootlab(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  stop(): Promise<void>;
}

interface Status {
  pid: number;
  services: { service: string; pid?: number; url?: string }[];
}

/** Free ports and no quota, so that nothing but the code limits the figures. */
function environment(home: string, extra: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // Jest asks for colours in CI.
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
    BOOTLAB_HOME: home,
    BOOTLAB_LAB__LAB__PORT: '0',
    BOOTLAB_LAB__LAB__JAEGER_AGENT_PORT: '0',
    BOOTLAB_LAB__LAB__LOG_LEVEL: 'warn',
    BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT: '0',
    BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT: '0',
    BOOTLAB_GLANCE_API__DEFAULT__REGISTRY_PORT: '0',
    BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
    BOOTLAB_NOVA__QUOTA__INSTANCES: '-1',
    BOOTLAB_NOVA__QUOTA__CORES: '-1',
    BOOTLAB_NOVA__QUOTA__RAM: '-1',
    BOOTLAB_NOVA__COMPUTE_HOST__VCPUS: '100000',
    BOOTLAB_NOVA__COMPUTE_HOST__MEMORY_MB: '100000000',
    BOOTLAB_NOVA__COMPUTE_HOST__LOCAL_GB: '100000000',
    ...extra,
  };
}

export interface OwnLabOptions {
  /** No process of the lab can write a file larger than this. */
  largestFileMib?: number;
}

export async function startOwnLab(extra: Record<string, string> = {}, options: OwnLabOptions = {}): Promise<OwnLab> {
  const home = await mkdtemp(join(tmpdir(), 'bootlab-own-'));
  const env = environment(home, extra);
  const bootlab = (...args: string[]) => run(process.execPath, [BOOTLAB, ...args], { env });
  await detached(env, options);
  const { pid, services } = JSON.parse((await bootlab('status', '--json')).stdout) as Status;
  return {
    home,
    env,
    bootlab,
    supervisorPid: pid,
    urls: Object.fromEntries(services.map(({ service, url }) => [service, url ?? ''])),
    pids: Object.fromEntries(services.map(({ service, pid }) => [service, pid ?? 0])),
    async stop() {
      await bootlab('down');
      await rm(home, { recursive: true });
    },
  };
}

function detached(env: NodeJS.ProcessEnv, { largestFileMib }: OwnLabOptions): Promise<void> {
  const limit = largestFileMib === undefined ? 'unlimited' : String(largestFileMib * 1024);
  return new Promise((done, fail) => {
    const child = spawn(
      'bash',
      ['-c', 'ulimit -f "$0" && exec "$@"', limit, process.execPath, BOOTLAB, 'up', '--detach'],
      {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`bootlab up ended with ${code}; see above.`))));
  });
}
