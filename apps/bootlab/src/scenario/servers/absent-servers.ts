import { connect } from 'node:net';
import { addressOf, knownServers, ServerKind } from './known-servers';

const PATIENCE_MS = 2_000;

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** Why servers that a scenario needs cannot be used, in a sentence; undefined when all of them answer. */
export async function whyAbsent(kinds: readonly ServerKind[]): Promise<string | undefined> {
  for (const kind of kinds) {
    const server = knownServers()[kind];
    const { host, port } = addressOf(server);
    if (!(await answers(host, port))) {
      return `It needs ${server.title}, and none answers at ${host}:${port}: start one, or say with ${server.variable} where it is.`;
    }
  }
  return undefined;
}
