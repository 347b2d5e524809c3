import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(__dirname, '../../dist/apps/bootlab/src/main.js');

/** Ports that no other lab of this machine has. */
export const FREE_PORTS = {
  BOOTLAB_LAB__LAB__PORT: '0',
  BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT: '0',
  BOOTLAB_GLANCE_API__DEFAULT__REGISTRY_PORT: '0',
  BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
  BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT: '0',
};

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** One run of the command as a process. */
export class Run {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Resolves once `text` was printed on either stream; rejects when the process ends without it. */
  async untilPrinted(text: string): Promise<void> {
    const printed = () => (this.stdout + this.stderr).includes(text);
    const ended = this.ended.then(() => 'ended');
    while (!printed()) {
      const heard = new AbortController();
      const { signal } = heard;
      const data = [this.child.stdout, this.child.stderr].map((stream) => once(stream!, 'data', { signal }));
      const first = await Promise.race([...data, ended]);
      heard.abort();
      await Promise.allSettled(data);
      if (first === 'ended' && !printed()) {
        throw new Error(`"${text}" was not printed:\n${this.stdout}${this.stderr}`);
      }
    }
  }
}

/** A home of its own in the system's folder for temporary files, and the command run in it. */
export class Home {
  readonly path = mkdtempSync(join(tmpdir(), 'bootlab-'));
  readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.env = { ...process.env, NO_COLOR: '1', COLUMNS: '120', ...FREE_PORTS, BOOTLAB_HOME: this.path, ...env };
    delete this.env['FORCE_COLOR'];
  }

  start(...args: string[]): Run {
    return this.startWith({}, ...args);
  }

  /** @param env variables over those of this home */
  startWith(env: NodeJS.ProcessEnv, ...args: string[]): Run {
    const all = { ...this.env, ...env };
    return new Run(spawn(process.execPath, [MAIN, ...args], { env: all, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
