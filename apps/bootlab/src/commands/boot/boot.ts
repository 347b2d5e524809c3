import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { isUuid } from '../../cli/parsers';
import { flavorId } from '../../cloud/flavors';
import { imageId } from '../../cloud/images';
import { Server, Servers } from '../../cloud/servers';
import { waysToSee } from '../../cloud/trace-link';
import { bootServers } from './boot-servers';
import { bootExitCode, brief, reportBoot } from './report';
import { BootRequest, requestBoot } from './request-boot';

export interface BootOptions {
  image: string;
  flavor: string;
  name?: string;
  count: number;
  wait?: boolean;
  /** Seconds. */
  timeout: number;
  json?: boolean;
}

const NAME_OF_NAMELESS = 'server';

function asData(servers: Server[]): object {
  const [server, ...others] = servers.map(brief);
  return others.length === 0 ? { server } : { server, servers: [server, ...others] };
}

async function bootAndReturn(request: BootRequest, json: boolean): Promise<ExitCode> {
  const servers = new Servers();
  const { ids, traceId } = await requestBoot(servers, request);
  if (json) {
    const seen = await Promise.all(ids.map((id) => servers.get(id, { quiet: true })));
    printJson({ ...asData(seen), traceId });
    return exitCodes.ok;
  }
  for (const id of ids) print(`Server ${id} is being built: \`bootlab server show ${id}\` tells how far it is.`);
  if (traceId !== undefined) print(`Trace ${traceId}: see ${waysToSee(traceId)}`);
  return exitCodes.ok;
}

/** Boots servers from an image. */
export async function boot({ name, count, wait, timeout, json = false, ...asked }: BootOptions): Promise<ExitCode> {
  const request: BootRequest = {
    imageId: await imageId(asked.image),
    flavorId: await flavorId(asked.flavor),
    name: name ?? (isUuid(asked.image) ? NAME_OF_NAMELESS : asked.image),
    count,
  };
  if (!wait) return bootAndReturn(request, json);
  const result = await bootServers(request, timeout);
  if (json) {
    const { servers, seconds, traceId, trace } = result;
    const { complete, missing } = trace ?? {};
    printJson({ ...asData(servers), seconds, traceId, complete, missing });
  } else reportBoot(result);
  return bootExitCode(result);
}
