import { cacheFolder, labHome } from '@bootlab/openstack';
import { join } from 'node:path';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { writeJaegerConfig } from './config-file';
import { dockerCommand } from './docker';
import { FetchOptions, fetchRelease } from './fetch-release';
import { answersAsJaeger, isExecutable, onPath } from './find';
import { jaegerAddress, JaegerPlan } from './plan';
import { JAEGER_PROGRAM, JAEGER_VERSION, jaegerRelease, releasePlatform } from './release';

/**
 * How to have a Jaeger, in this order: one that answers at the configured address, a program on PATH or in the cache, the
 * release's archive, Docker.
 * @throws Failure in one sentence that says what to do when none of them is to be had
 */
export async function haveJaeger(options: FetchOptions = {}): Promise<JaegerPlan> {
  const address = jaegerAddress();
  if (await answersAsJaeger(address.url)) return { ...address, source: 'found' };
  const local = onPath(JAEGER_PROGRAM) ?? cachedProgram();
  if (local !== undefined) return { ...address, source: 'binary', command: binary(local) };
  const fetched = await fetchProgram(options);
  if ('program' in fetched) return { ...address, source: 'binary', command: binary(fetched.program) };
  const docker = await dockerCommand(address);
  if ('command' in docker) return { ...address, source: 'docker', command: docker.command };
  throw new Failure(
    `There is no Jaeger to be had: none answers at ${address.url}, no ${JAEGER_PROGRAM} is on PATH or in ${cacheFolder()}, ` +
      `${fetched.reason}, and ${docker.reason}. Start one yourself, or put Jaeger ${JAEGER_VERSION}'s program on PATH.`,
    exitCodes.failed,
  );
}

function binary(program: string): string[] {
  return [program, '--config', writeJaegerConfig(labHome(), jaegerAddress())];
}

function cachedProgram(): string | undefined {
  const platform = releasePlatform();
  if (platform === undefined) return undefined;
  const program = join(jaegerRelease(platform).folder, JAEGER_PROGRAM);
  return isExecutable(program) ? program : undefined;
}

async function fetchProgram(options: FetchOptions): Promise<{ program: string } | { reason: string }> {
  const platform = releasePlatform();
  if (platform === undefined) {
    return { reason: `its project builds none for ${process.platform} on ${process.arch}` };
  }
  try {
    return { program: join(await fetchRelease(jaegerRelease(platform), options), JAEGER_PROGRAM) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { reason: `its release is not to be had (${error.message.replace(/\.$/, '')})` };
  }
}
