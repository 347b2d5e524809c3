import { GlanceClient, ImageManager } from '@bootlab/glanceclient';
import { glanceclientException } from '@bootlab/openstack';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { locate, unreachable } from '../http/locate';

const TIMEOUT_SECONDS = 600;

/**
 * Does something with the images of glance-api.
 * @throws Failure in place of the client's exceptions
 */
export async function withImages<T>(work: (images: ImageManager) => Promise<T>): Promise<T> {
  const endpoint = locate('glance-api');
  try {
    return await work(new GlanceClient({ endpoint, timeoutSeconds: TIMEOUT_SECONDS }).images);
  } catch (error) {
    throw asFailure(error, endpoint);
  } finally {
    await GlanceClient.close();
  }
}

function asFailure(error: unknown, endpoint: string): unknown {
  const { ClientException, CommunicationError, HTTPNotFound } = glanceclientException;
  if (error instanceof CommunicationError) return unreachable('glance-api', endpoint, error);
  if (error instanceof HTTPNotFound) {
    return new Failure(`${error.message} \`bootlab image list\` shows what is there.`, exitCodes.notFound, {
      cause: error,
    });
  }
  if (error instanceof ClientException) {
    return new Failure(`glance-api refused: ${error.message}`, exitCodes.failed, { cause: error });
  }
  return error;
}
