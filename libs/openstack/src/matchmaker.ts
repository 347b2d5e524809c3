import { readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from './home';

/** Where a name is served: a URL such as `http://127.0.0.1:9292` or `tcp://127.0.0.1:40123`, and by which process. */
export interface Endpoint {
  url: string;
  pid: number;
}

/**
 * Says where a service, or an RPC topic such as `compute.node1`, listens. One small file a name below `<home>/run`, written
 * by whoever listens, so ports need not be known beforehand. The TCP transport needs it because no broker
 * stands between its peers, as oslo.messaging's ZeroMQ driver needed one of the same name.
 */
export class Matchmaker {
  readonly #folder = homeFolder('run');

  publish(name: string, url: string): void {
    const file = this.#file(name);
    const partial = `${file}.${process.pid}.part`;
    writeFileSync(partial, `${JSON.stringify({ url, pid: process.pid } satisfies Endpoint)}\n`);
    renameSync(partial, file);
  }

  withdraw(name: string): void {
    if (this.find(name)?.pid === process.pid) rmSync(this.#file(name), { force: true });
  }

  find(name: string): Endpoint | undefined {
    try {
      return JSON.parse(readFileSync(this.#file(name), 'utf8')) as Endpoint;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Resolves once `name` is published; rejects after `timeoutMs`, naming it. */
  async waitFor(name: string, timeoutMs: number): Promise<Endpoint> {
    const found = this.find(name);
    if (found) return found;
    return new Promise((resolve, reject) => {
      const stop = () => {
        watcher.close();
        clearTimeout(timer);
      };
      const look = () => {
        const endpoint = this.find(name);
        if (!endpoint) return;
        stop();
        resolve(endpoint);
      };
      const watcher = watch(this.#folder, look);
      const timer = setTimeout(() => {
        stop();
        reject(
          new Error(
            `No ${name} came up within ${timeoutMs / 1000} s: see \`bootlab status\` and \`bootlab logs ${name}\`.`,
          ),
        );
      }, timeoutMs);
      look();
    });
  }

  #file(name: string): string {
    return join(this.#folder, `${name.replaceAll(/[^\w.-]/g, '_')}.json`);
  }
}
