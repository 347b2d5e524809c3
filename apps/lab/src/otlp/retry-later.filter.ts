import { ArgumentsHost, Catch, ServiceUnavailableException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply } from 'fastify';

const SECONDS = 1;

/** Tells the sender when to try again. */
@Catch(ServiceUnavailableException)
export class RetryLaterFilter extends BaseExceptionFilter<ServiceUnavailableException> {
  override catch(error: ServiceUnavailableException, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().header('retry-after', SECONDS);
    super.catch(error, host);
  }
}
