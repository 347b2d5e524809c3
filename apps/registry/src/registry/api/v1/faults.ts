import { glanceException, HttpException } from '@bootlab/openstack';

/** What the controllers make of what the database layer raises; an image that may not be seen is as one that is not there. */
export function refusal(error: unknown, imageId: string): unknown {
  const { ForbiddenPublicImage, Forbidden, NotFound, Conflict, Duplicate, Invalid } = glanceException;
  if (error instanceof ForbiddenPublicImage) return fault(403, error.message, error);
  if (error instanceof Forbidden || error instanceof NotFound) return fault(404, `Image ${imageId} not found.`, error);
  if (error instanceof Conflict || error instanceof Duplicate) return fault(409, error.message, error);
  if (error instanceof Invalid) return fault(400, error.message, error);
  return error;
}

function fault(status: number, explanation: string, cause: Error): HttpException {
  return new HttpException(status, explanation, {}, { cause });
}
