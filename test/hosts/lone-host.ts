import { projectRoot } from '@bootlab/openstack';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OwnLab } from '../support/own-lab';

const MAIN = join(projectRoot(), 'dist/apps/compute-manager/src/main.js');

/** A compute host that nobody supervises, as on another machine: once it is killed it stays so. */
export class LoneHost {
  readonly #child: ChildProcess;

  constructor(lab: OwnLab, host: string, memoryMb: number) {
    this.#child = spawn(process.execPath, [MAIN], {
      env: {
        ...lab.env,
        BOOTLAB_NOVA__DEFAULT__HOST: host,
        BOOTLAB_NOVA__DEFAULT__INSTANCES_PATH: join(lab.home, 'instances', host),
        BOOTLAB_NOVA__COMPUTE_HOST__MEMORY_MB: String(memoryMb),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
