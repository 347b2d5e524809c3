import { renameSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, LabFolders, ProcessIdentity, unwritable } from '../lab';

/** How a Jaeger came to be there. */
export type JaegerSource = 'found' | 'binary' | 'docker';

/**
 * What `<home>/run/jaeger.json` says of the Jaeger that has this home's traces. The process is Jaeger's own, or that of
 * the lab which forwards to a Jaeger it found.
 */
export interface JaegerRecord extends ProcessIdentity {
  source: JaegerSource;
  /** ISO 8601. */
  startedAt: string;
  /** Base URL of its page. */
  url: string;
  /** Base URL of its OTLP/HTTP receiver. */
  otlp: string;
  /** Whether the lab started it, and so stops it. */
  withLab: boolean;
}

const NAME = 'jaeger.json';

/** The record of the Jaeger that is there now; undefined when its process has gone. */
export function readJaegerRecord(home: string): JaegerRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path(home), 'utf8')) as JaegerRecord;
    return isAlive(record) ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw error;
  }
}

export function writeJaegerRecord(home: string, record: JaegerRecord): void {
  const partial = `${path(home)}.${process.pid}.part`;
  try {
    writeFileSync(partial, `${JSON.stringify(record, undefined, 2)}\n`);
    renameSync(partial, path(home));
  } catch (error) {
    throw unwritable(new LabFolders(home).run, error);
  }
}

export function removeJaegerRecord(home: string): void {
  rmSync(path(home), { force: true });
}

function path(home: string): string {
  return join(new LabFolders(home).run, NAME);
}
