import { GlanceClient } from '@bootlab/glanceclient';
import { loadScenario } from '@bootlab/scenario';
import { Lab, labServices, ServiceSpec, startLab } from '../../lab';
import { beginTracing } from '../../tracing/traced';
import { runCase } from '../run-case';
import { OwnServers } from '../servers/own-servers';
import type { FromWorker, RunOrder, ToWorker, WorkerSetup } from './messages';

const WITHOUT_COMPUTE = new Set(['lab', 'registry', 'glance-api']);
const STOP_GRACE_MS = 5_000;

const stopping = new AbortController();
let lab: Lab | undefined;
let setup: WorkerSetup | undefined;
let servers: OwnServers | undefined;

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

function services(compute: boolean): ServiceSpec[] {
  return labServices().filter(({ name }) => compute || WITHOUT_COMPUTE.has(name));
}

async function start(given: WorkerSetup): Promise<void> {
  setup = given;
  const { ownLab, settings } = given;
  if (settings.servers !== undefined) {
    servers = await OwnServers.prepare(settings.servers);
    Object.assign(process.env, servers.env);
  }
  if (ownLab)
    lab = await startLab({ services: services(settings.compute), signal: stopping.signal, stopGraceMs: STOP_GRACE_MS });
  await beginTracing();
  tell({ type: 'up' });
}

async function run({ order, file, index, ...rest }: RunOrder): Promise<void> {
  const loaded = loadScenario(file).cases[index];
  if (loaded === undefined) throw new Error(`${file} was changed while it ran.`);
  tell({
    type: 'report',
    order,
    report: await runCase(loaded, { ...rest, lab, servers, compute: setup!.settings.compute }),
  });
}

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await lab?.stop();
  await servers?.release();
  await GlanceClient.close();
  process.exit();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'stop') void stop();
  else if (message.type === 'start') {
    start(message).catch((error: unknown) => tell({ type: 'failed', message: messageOf(error) }));
  } else {
    run(message).catch((error: unknown) => tell({ type: 'broken', order: message.order, message: messageOf(error) }));
  }
});
process.on('disconnect', () => void stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
