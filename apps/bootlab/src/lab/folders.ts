import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const LOGS = 'logs';
const RUN = 'run';

/** The folders of a lab's home that the supervisor and the command share with the services. */
export class LabFolders {
  readonly logs: string;
  readonly run: string;

  constructor(readonly home: string) {
    this.logs = join(home, LOGS);
    this.run = join(home, RUN);
  }

  logFile(service: string): string {
    return join(this.logs, `${service}.log`);
  }

  /** @throws Error naming `BOOTLAB_HOME` when the home cannot be written to */
  make(): void {
    for (const folder of [this.logs, this.run]) {
      try {
        mkdirSync(folder, { recursive: true });
      } catch (error) {
        throw unwritable(folder, error);
      }
    }
  }
}

/** The error for a folder that takes no file. */
export function unwritable(folder: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  return new Error(
    `Cannot write to ${folder} (${code ?? message}): make it writable or set BOOTLAB_HOME to a folder that is.`,
  );
}
