import { Kysely, sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { nameOf, ServerTarget } from '../connection-url';
import { DatabaseError, OpenError } from '../errors';

export interface StartSettings {
  /** Tries after the first; -1 for no end. */
  max_retries: number;
  /** Seconds between two tries. */
  retry_interval: number;
}

const nextSteps: Record<string, string> = {
  '1044': 'grant its user all rights on it',
  '1045': 'check user and password in [database] connection',
  '1049': 'create it with CREATE DATABASE and grant its user all rights on it',
  '1698': 'check user and password in [database] connection',
  '28000': 'check the user in [database] connection, and pg_hba.conf of the server',
  '28P01': 'check user and password in [database] connection',
  '3D000': 'create it with CREATE DATABASE, owned by its user',
};

/**
 * Waits until the server answers.
 * @param warn told of each try that failed
 * @throws OpenError in one sentence: at once for a mistake of the configuration, after the last try for a server that is away
 */
export async function awaitServer<DB>(
  db: Kysely<DB>,
  target: ServerTarget,
  { max_retries: most, retry_interval: seconds }: StartSettings,
  warn: (message: string) => void,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await sql`select 1`.execute(db);
      return;
    } catch (error) {
      const { kind, code, message } = error as DatabaseError;
      const problem = `Cannot reach the database ${nameOf(target)} (${message})`;
      if (kind !== 'disconnected' || (most >= 0 && tries > most)) {
        const next = nextSteps[code] ?? 'start the server or set [database] connection to where it is';
        throw new OpenError(`${problem}: ${next}.`, { cause: error });
      }
      warn(`${problem}; trying again in ${seconds} s (${tries} of ${most < 0 ? 'any number' : most}).`);
      await pause(seconds * 1000);
    }
  }
}
