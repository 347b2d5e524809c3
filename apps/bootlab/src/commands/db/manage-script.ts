import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Failure } from '../../cli/failure';

/** What a service's own script says of its database. */
export interface DatabaseState {
  /** Without user and password. */
  database: string;
  version: string | null;
}

/**
 * Runs `db sync` or `db version` of a service, whose migrations the command does not know. What the script tells meanwhile
 * goes to standard error at once.
 * @throws Failure with what the script said last
 */
export async function runManageScript(service: string, script: string, task: string): Promise<DatabaseState> {
  if (!existsSync(script)) throw new Failure(`${script} is missing: run \`npm run build\` first.`);
  const child = spawn(process.execPath, [script, 'db', task], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    process.stderr.write(said);
    said = part;
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Failure(said.trim() || `The script of ${service}'s database ended with ${code}.`);
  process.stderr.write(said);
  return JSON.parse(out) as DatabaseState;
}
