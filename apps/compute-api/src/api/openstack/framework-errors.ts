import type { FastifyError } from 'fastify';
import { faultBody } from './faults';
import type { NovaReply } from './request';

/** Answers what Fastify refuses before there is a route: a URL that cannot be decoded, or an id longer than any id. */
export function answerFrameworkError(error: FastifyError, reply: NovaReply): void {
  const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const code = tooLong ? 404 : (error.statusCode ?? 400);
  const message = tooLong ? 'The resource could not be found.' : 'Malformed request URL: it cannot be decoded.';
  void reply.status(code).send(faultBody({ code, message }));
}
