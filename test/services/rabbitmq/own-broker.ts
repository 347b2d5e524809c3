import { connect } from 'amqplib';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A RabbitMQ node of a test's own, with all that it has in a folder of its own, that the test may stop, kill and start. */
export class OwnBroker {
  #node: ChildProcess | undefined;

  private constructor(
    private readonly script: string,
    private readonly home: string,
    private readonly port: number,
    private readonly names: ChildProcess,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param script see `rabbitmqServer` */
  static async start(script: string): Promise<OwnBroker> {
    const home = mkdtempSync(join(tmpdir(), 'bootlab-rabbitmq-'));
    const [port, distribution, epmd] = await freePorts(3);
    const env = environment(home, { port: port!, distribution: distribution!, epmd: epmd! });
    // In the foreground: the one that a node starts by itself would stay behind.
    const names = spawn('epmd', ['-port', String(epmd)], { env, stdio: 'ignore' });
    await once(names, 'spawn');
    const broker = new OwnBroker(script, home, port!, names, env);
    await broker.start();
    return broker;
  }

  /** For `transport_url`. */
  get url(): string {
    return `rabbit://guest:guest@127.0.0.1:${this.port}/`;
  }

  /** Resolves once it takes connections. */
  async start(): Promise<void> {
    // A group of its own, since the script starts the node as its child.
    const node = spawn(this.script, { env: this.env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    this.#node = node;
    await once(node, 'spawn');
    for (;;) {
      if (node.exitCode !== null) throw new Error(`rabbitmq-server ended with ${node.exitCode}.`);
      try {
        return await (await connect(this.url.replace(/^rabbit:/, 'amqp:'))).close();
      } catch {
        // Not yet.
      }
    }
  }

  /** An orderly stop, or with SIGKILL the end that a loss of power is. Resolves once the node is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const node = this.#node;
    if (node?.pid === undefined || node.exitCode !== null || node.signalCode !== null) return;
    const gone = once(node, 'exit');
    process.kill(-node.pid, signal);
    await gone;
  }

  /** Stops it and leaves nothing. */
  async drop(): Promise<void> {
    await this.stop();
    const gone = once(this.names, 'exit');
    this.names.kill('SIGKILL');
    await gone;
    rmSync(this.home, { recursive: true });
  }
}

/** Nothing of the machine's own RabbitMQ is read, and nothing but the bare broker runs. */
function environment(home: string, ports: { port: number; distribution: number; epmd: number }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // The Erlang cookie goes there.
    HOME: home,
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_CONF_ENV_FILE: join(home, 'none.conf'),
    RABBITMQ_CONFIG_FILE: join(home, 'none'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'no_plugins'),
    RABBITMQ_NODENAME: `bootlab-${ports.port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.port),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
