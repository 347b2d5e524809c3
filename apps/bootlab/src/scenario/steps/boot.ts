import type { NamedStep } from '@bootlab/scenario';
import { Server, Servers } from '../../cloud/servers';
import { isFinal, untilFinal } from '../../commands/boot/wait';
import { errorMessage } from '../../http/error-message';
import type { CaseRun } from '../case-run';
import { glanceImages } from '../given/images';
import { Answer, send } from '../send';
import { failedOutcome, refuse, StepAction, StepOutcome, tracedStep } from './step';

type Boot = NonNullable<NamedStep['boot']>;

const FIRST_ERROR = 400;

/** As a user who knows only a name: looks through the images that there are. */
async function findByName(run: CaseRun, name: string): Promise<string> {
  const [found] = await glanceImages().list(run.user(), { filters: { name } });
  return found?.id ?? refuse(`There is no image named ${name} that this project can see.`);
}

async function requestServer(run: CaseRun, boot: Boot): Promise<Answer> {
  const imageRef =
    boot.image_name === undefined ? run.imageId(boot.image ?? '') : await findByName(run, boot.image_name);
  const several = { min_count: boot.count, max_count: boot.count, return_reservation_id: true };
  const server = {
    name: boot.name ?? boot.image ?? boot.image_name ?? 'server',
    imageRef,
    flavorRef: run.flavors.get(boot.flavor) ?? boot.flavor,
    ...(boot.metadata === undefined ? {} : { metadata: boot.metadata }),
    ...(boot.count > 1 ? several : {}),
  };
  return send(run.user(), 'compute-api', 'POST', '/v2.1/servers', { body: { server } });
}

async function idsOf(answer: Answer): Promise<string[]> {
  const body = JSON.parse(answer.body) as { server: { id: string } } | { reservation_id: string };
  if ('server' in body) return [body.server.id];
  const reserved = await new Servers().list({ quiet: true }, `&reservation_id=${body.reservation_id}`);
  return reserved.map(({ id }) => id);
}

/** `ACTIVE`, `3 ACTIVE, 1 ERROR`, `BUILD (spawning) at the deadline`. */
function inWords(servers: Server[]): string {
  const words = servers.map((server) => {
    const task = server['OS-EXT-STS:task_state'];
    return isFinal(server) ? server.status : `${server.status}${task ? ` (${task})` : ''} at the deadline`;
  });
  const kinds = [...new Set(words)];
  if (servers.length === 1) return words[0]!;
  return kinds.map((kind) => `${words.filter((word) => word === kind).length} ${kind}`).join(', ');
}

export const boot: StepAction = async (run, step): Promise<StepOutcome> => {
  const asked = step.boot!;
  const attributes = { 'instance.count': asked.count };
  const startedAt = performance.now();
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab boot', attributes, () =>
    requestServer(run, asked),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const { status, headers, body } = result.value;
  const message = status < FIRST_ERROR ? '' : errorMessage(body);
  const http = { status, headers, message };
  if (status >= FIRST_ERROR) return { traceId, http, outcome: `${status}: ${message}` };
  const servers = await idsOf(result.value);
  if (asked.until === 'accepted') return { traceId, http, servers, outcome: `${status}` };
  const left = Math.max(0, run.scenario.deadline - (performance.now() - startedAt));
  const seen = await untilFinal(new Servers(), servers, left / 1000);
  return { traceId, http, servers, outcome: inWords(seen) };
};
