import { projectRoot } from '@bootlab/openstack';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The trace store alone, as a process of its own on an empty database. */
export class StoreProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly home: string,
  ) {}

  static async start(maxTraces: number): Promise<StoreProcess> {
    const home = await mkdtemp(join(tmpdir(), 'bench-traces-'));
    const child = fork(join(projectRoot(), 'dist/apps/lab/src/main.js'), {
      env: {
        ...process.env,
        BOOTLAB_HOME: home,
        BOOTLAB_LAB__LAB__PORT: '0',
        BOOTLAB_LAB__LAB__JAEGER_AGENT_PORT: '0',
        BOOTLAB_LAB__LAB__LOG_LEVEL: 'warn',
        BOOTLAB_LAB__LAB__MAX_TRACES: String(maxTraces),
      },
    });
    const [message] = (await once(child, 'message')) as [{ type: string; url: string; message?: string }];
    if (message.type !== 'ready') throw new Error(`The trace store does not start: ${message.message}`);
    return new StoreProcess(message.url, child, home);
  }

  /** The most memory it has had so far, in bytes. */
  peakMemory(): number {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1] ?? NaN) * 1024;
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'exit');
    await rm(this.home, { recursive: true });
  }
}
