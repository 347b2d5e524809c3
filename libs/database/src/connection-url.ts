import { resolve } from 'node:path';

/** An SQLite file: absolute, or `:memory:`. */
export interface FileTarget {
  dialect: 'sqlite';
  file: string;
}

/** A database on a server. The password stands nowhere but here and in the driver. */
export interface ServerTarget {
  dialect: 'mysql' | 'postgresql';
  host: string;
  port: number;
  user: string;
  password: string | undefined;
  database: string;
}

/** Where a database is, once its connection URL is understood. */
export type ConnectionTarget = FileTarget | ServerTarget;

const SUPPORTED =
  'sqlite:////absolute/path/file.sqlite, sqlite:///relative/path/file.sqlite, sqlite:// (in memory), ' +
  'mysql://user:password@host:3306/database, postgresql://user:password@host:5432/database';

/** SQLAlchemy's spellings, those with the name of a Python driver too. */
const servers: Record<string, Pick<ServerTarget, 'dialect' | 'port'>> = {
  mysql: { dialect: 'mysql', port: 3306 },
  'mysql+pymysql': { dialect: 'mysql', port: 3306 },
  postgresql: { dialect: 'postgresql', port: 5432 },
  'postgresql+psycopg2': { dialect: 'postgresql', port: 5432 },
};

/**
 * Reads a connection URL in SQLAlchemy's form, as the `[database] connection` option has it. In `sqlite` URLs, what follows
 * the third slash is the path, so four slashes make it absolute and three relative to `baseDir`.
 * @throws Error in one sentence that names the supported forms, and nothing of a URL that may hold a password
 */
export function parseConnectionUrl(url: string, baseDir: string): ConnectionTarget {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url);
  if (!match) throw new Error(`The database connection is not a URL; supported are ${SUPPORTED}.`);
  const [, scheme = '', rest = ''] = match;
  const server = servers[scheme.toLowerCase()];
  if (server) return { ...server, ...placeOf(scheme, rest, server.port) };
  if (scheme.toLowerCase() !== 'sqlite') {
    throw new Error(`No database dialect serves the scheme "${scheme}"; supported are ${SUPPORTED}.`);
  }
  if (rest === '' || rest === '/' || rest === '/:memory:') return { dialect: 'sqlite', file: ':memory:' };
  if (!rest.startsWith('/')) {
    throw new Error(`The sqlite URL names a host, which SQLite has not; supported are ${SUPPORTED}.`);
  }
  return { dialect: 'sqlite', file: resolve(baseDir, rest.slice(1)) };
}

function placeOf(scheme: string, rest: string, port: number): Omit<ServerTarget, 'dialect'> {
  const form = `write ${scheme}://user:password@host:${port}/database, with %40 for an @ in the password.`;
  const url = parsed(`${scheme}://${rest}`);
  if (!url) throw new Error(`The ${scheme} URL of the database cannot be read; ${form}`);
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (user === undefined || password === undefined || database === undefined) {
    throw new Error(`The ${scheme} URL of the database has a % that begins no escape; ${form}`);
  }
  if (url.hostname === '' || user === '' || database === '' || database.includes('/')) {
    throw new Error(`The ${scheme} URL of the database lacks a host, a user or the name of one database; ${form}`);
  }
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'charset');
  if (unknown !== undefined) {
    throw new Error(`The ${scheme} URL of the database has the parameter ${unknown}, which the lab does not know; leave it out.`); // prettier-ignore
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port || port), user, password: password || undefined, database };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The target for messages: without user and password. */
export function nameOf(target: ConnectionTarget): string {
  return target.dialect === 'sqlite' ? target.file : `${target.database} at ${target.host}:${target.port}`;
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
