import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProgram } from './own-server';

/** Where Debian and Ubuntu keep PostgreSQL's server: not in the path. */
const POSTGRESQL = '/usr/lib/postgresql';

function found(name: string): string | undefined {
  const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).map((version) => join(POSTGRESQL, version, 'bin')) : []; // prettier-ignore
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', ...versions];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A server that may be installed here. */
export interface InstalledServer {
  name: 'mysql' | 'postgresql';
  /** Why it cannot be started; undefined when it can. */
  missing: string | undefined;
  program: ServerProgram;
}

function needing(name: InstalledServer['name'], programs: string[], program: (paths: string[]) => ServerProgram) {
  const paths = programs.map((each) => found(each) ?? '');
  const absent = programs.filter((_, index) => paths[index] === '');
  const missing = absent.length > 0 ? `no ${absent.join(' and no ')} here` : undefined;
  return { name, missing, program: program(paths) };
}

/** MariaDB and PostgreSQL, as far as their programs are installed. */
export const installedServers: InstalledServer[] = [
  needing('mysql', ['mariadb-install-db', 'mariadbd'], ([install = '', serve = '']) => ({
    files: (secret) => ({ 'init.sql': `alter user root@'127.0.0.1' identified by '${secret}';\n` }),
    init: (folder) => [install, '--no-defaults', `--datadir=${folder}/data`, '--auth-root-authentication-method=normal', '--skip-test-db'], // prettier-ignore
    serve: (folder, port) => [serve, '--no-defaults', `--datadir=${folder}/data`, `--socket=${folder}/s`, `--port=${port}`, '--bind-address=127.0.0.1',
      '--skip-name-resolve', `--init-file=${folder}/init.sql`], // prettier-ignore
    ready: /ready for connections/,
    stopSignal: 'SIGTERM',
    url: (port, secret) => `mysql://root:${secret}@127.0.0.1:${port}`,
  })),
  needing('postgresql', ['initdb', 'postgres'], ([init = '', serve = '']) => ({
    files: (secret) => ({ secret }),
    init: (folder) => [init, '-D', `${folder}/data`, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${folder}/secret`, '--no-sync'], // prettier-ignore
    serve: (folder, port) => [serve, '-D', `${folder}/data`, '-k', folder, '-p', String(port), '-h', '127.0.0.1'],
    ready: /ready to accept connections/,
    stopSignal: 'SIGINT',
    url: (port, secret) => `postgresql://postgres:${secret}@127.0.0.1:${port}`,
  })),
];
