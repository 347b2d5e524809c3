import { projectRoot } from '@bootlab/openstack';
import { makeTrace } from './make-trace';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'bootlab-kill-'));
afterAll(() => rmSync(home, { recursive: true }));

/** The trace store alone. */
async function startStore(): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(join(projectRoot(), 'dist/apps/lab/src/main.js'), {
    env: {
      ...process.env,
      BOOTLAB_HOME: home,
      BOOTLAB_LAB__LAB__PORT: '0',
      BOOTLAB_LAB__LAB__JAEGER_AGENT_PORT: '0',
      BOOTLAB_LAB__LAB__LOG_LEVEL: 'warn',
    },
  });
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return { url: message.url, child };
}

const send = async (url: string, body: string) =>
  (await fetch(`${url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;

it('has after kill -9 all that it had acknowledged', async () => {
  const { url, child } = await startStore();
  const acknowledged: string[] = [];
  let next = 1;
  const sender = async () => {
    for (;;) {
      const { traceId, body } = makeTrace(next++, 20);
      if ((await send(url, body)) === 200) acknowledged.push(traceId);
      if (acknowledged.length === 200) child.kill('SIGKILL');
    }
  };
  const exited = once(child, 'exit');
  await Promise.allSettled(Array.from({ length: 4 }, sender));
  await exited;
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const again = await startStore();
  for (const traceId of acknowledged) {
    const { data } = (await (await fetch(`${again.url}/api/traces/${traceId}`)).json()) as {
      data: { spans: object[] }[];
    };
    expect([traceId, data[0]?.spans.length]).toEqual([traceId, 20]);
  }
  const stopped = once(again.child, 'exit');
  again.child.kill();
  await stopped;
}, 60_000);
