import { Failure } from '../../cli/failure';
import { Servers } from '../../cloud/servers';
import { traced } from '../../tracing/traced';

export interface BootRequest {
  imageId: string;
  flavorId: string;
  name: string;
  count: number;
}

/** Servers that were asked for, and the trace of the request; undefined when tracing is switched off. */
export interface Requested {
  ids: string[];
  traceId?: string;
}

/**
 * Sends `POST /v2.1/servers` as a trace of its own.
 * @throws Failure naming the trace when compute-api refuses
 */
export async function requestBoot(
  servers: Servers,
  { imageId, flavorId, name, count }: BootRequest,
): Promise<Requested> {
  const attributes = { 'image.id': imageId, 'flavor.id': flavorId, 'instance.count': count };
  const several = count > 1 ? { min_count: count, max_count: count } : {};
  const { traceId, outcome } = await traced('bootlab boot', attributes, () =>
    servers.create({ name, imageRef: imageId, flavorRef: flavorId, ...several }),
  );
  if ('value' in outcome) return { ids: outcome.value, traceId };
  const { error } = outcome;
  if (!(error instanceof Failure) || traceId === undefined) throw error;
  throw new Failure(`${error.message} See \`bootlab trace show ${traceId}\`.`, error.exitCode, { cause: error });
}
