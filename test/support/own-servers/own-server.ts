import { ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program of a database server, and how it is to be run. */
export interface ServerProgram {
  /** What must lie in its folder, by name, for its first user to have this password. */
  files(secret: string): Record<string, string>;
  /** Makes the data folder. */
  init(folder: string): [program: string, ...args: string[]];
  serve(folder: string, port: number): [program: string, ...args: string[]];
  /** What it prints once it takes connections. */
  ready: RegExp;
  /** Ends it in order, without waiting for its clients. */
  stopSignal: NodeJS.Signals;
  /** The first user's URL, without a database. */
  url(port: number, secret: string): string;
}

/** Servers refuse to run as root, so root lends them the least of its users. */
const owner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const START_TRIES = 20;
const SECRET = 'hush-hush-hush';

/** A database server of this test alone, which it may stop and kill. */
export class OwnServer {
  /** The password of its first user. */
  readonly secret = SECRET;
  #process: ChildProcess | undefined;

  private constructor(
    private readonly program: ServerProgram,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async create(program: ServerProgram): Promise<OwnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'bootlab-server-'));
    if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid);
    for (const [name, text] of Object.entries(program.files(SECRET))) await writeFile(join(folder, name), text);
    const [init, ...args] = program.init(folder);
    await run(init, args, { ...owner, cwd: folder });
    return new OwnServer(program, folder, await freePort());
  }

  /** URL of a database on it. */
  url(database: string, secret = this.secret): string {
    return `${this.program.url(this.port, secret)}/${database}`;
  }

  /** Returns once it takes connections. After a kill the memory of the one before may be in use for a moment. */
  async start(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const said = await this.#tryStart();
      if (said === undefined) return;
      if (tries === START_TRIES) throw new Error(`The server does not start:\n${said}`);
    }
  }

  /** What it said when it did not start. */
  #tryStart(): Promise<string | undefined> {
    const [serve, ...args] = this.program.serve(this.folder, this.port);
    const child = spawn(serve, args, { ...owner, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => resolve(said));
      child.stderr.on('data', (text: Buffer) => {
        said += text.toString();
        if (!this.program.ready.test(said)) return;
        this.#process = child;
        resolve(undefined);
      });
    });
  }

  stop(): Promise<void> {
    return this.#end(this.program.stopSignal);
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops it and removes its folder. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, maxRetries: 5 });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
