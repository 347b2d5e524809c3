import { resolve } from 'node:path';

/** Where a database is, once its connection URL is understood. `file` is absolute, or `:memory:`. */
export interface ConnectionTarget {
  dialect: 'sqlite';
  file: string;
}

const SUPPORTED = 'sqlite:////absolute/path/file.sqlite, sqlite:///relative/path/file.sqlite, sqlite:// (in memory)';

/**
 * Reads a connection URL in SQLAlchemy's form, as the `[database] connection` option has it: what follows the third slash is
 * the path, so four slashes make it absolute and three relative to `baseDir`.
 * @throws Error in one sentence that names the supported forms
 */
export function parseConnectionUrl(url: string, baseDir: string): ConnectionTarget {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url);
  if (!match) throw new Error(`"${url}" is not a database URL; supported are ${SUPPORTED}.`);
  const [, scheme = '', rest = ''] = match;
  if (scheme.toLowerCase() !== 'sqlite') {
    // The part behind the scheme may hold a password, so the message leaves it out.
    throw new Error(`No database dialect serves the scheme "${scheme}"; supported are ${SUPPORTED}.`);
  }
  if (rest === '' || rest === '/' || rest === '/:memory:') return { dialect: 'sqlite', file: ':memory:' };
  if (!rest.startsWith('/'))
    throw new Error(`"${url}" names a host, which SQLite has not; supported are ${SUPPORTED}.`);
  return { dialect: 'sqlite', file: resolve(baseDir, rest.slice(1)) };
}
