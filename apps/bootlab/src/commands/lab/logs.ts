import { labHome } from '@bootlab/openstack';
import { existsSync, readdirSync } from 'node:fs';
import { setInterval as every } from 'node:timers/promises';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { didYouMean } from '../../cli/nearest';
import { print } from '../../cli/output';
import { LabFolders } from '../../lab';
import { LogFile } from './log-file';
import { formatLogLine, logLine, LogLine } from './log-line';

const LOOK_EVERY_MS = 200;
const ENDING = '.log';

export interface LogsOptions {
  follow?: boolean;
  lines: number;
  json?: boolean;
}

function logFiles(service: string | undefined): LogFile[] {
  const folders = new LabFolders(labHome());
  const found = existsSync(folders.logs) ? readdirSync(folders.logs).filter((name) => name.endsWith(ENDING)) : [];
  const services = found.map((name) => name.slice(0, -ENDING.length)).sort();
  if (services.length === 0) {
    throw new Failure(`No logs in ${folders.logs}: start the lab with \`bootlab up\`.`, exitCodes.notRunning);
  }
  if (service !== undefined && !services.includes(service)) {
    const known = services.join(', ');
    throw new Failure(
      `No service ${service} has a log; there are ${known}.${didYouMean(service, services)}`,
      exitCodes.notFound,
    );
  }
  return (service === undefined ? services : [service]).map((name) => new LogFile(name, folders.logFile(name)));
}

/** Lines of several logs in the order of their time; a line without a time stays below the one before it. */
function byTime(files: LogFile[], read: (file: LogFile) => string[]): LogLine[] {
  const lines = files.flatMap((file) => {
    let before = '';
    return read(file).map((raw) => {
      const line = logLine(file.service, raw, before);
      before = line.time;
      return line;
    });
  });
  return lines.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** Shows the end of one log or of all of them, and follows them when asked to. */
export async function logs(service: string | undefined, { follow, lines, json }: LogsOptions): Promise<ExitCode> {
  const files = logFiles(service);
  const show = (read: (file: LogFile) => string[]) => {
    for (const line of byTime(files, read)) print(json ? line.raw : formatLogLine(line));
  };
  show((file) => file.last(lines));
  if (follow) {
    for await (const _ of every(LOOK_EVERY_MS)) show((file) => file.more());
  }
  return exitCodes.ok;
}
