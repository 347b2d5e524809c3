import { ArgumentsHost, Catch, HttpException, HttpStatus, Inject, PayloadTooLargeException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { tooLarge } from './unpack';

/** Says of a body that the server has stopped reading how large it may be. */
@Catch(HttpException)
export class TooLargeFilter extends BaseExceptionFilter<HttpException> {
  constructor(
    @Inject(LAB_OPTIONS) private readonly options: LabOptions,
    { httpAdapter }: HttpAdapterHost,
  ) {
    super(httpAdapter);
  }

  override catch(error: HttpException, host: ArgumentsHost): void {
    const stopped = error.getStatus() === Number(HttpStatus.PAYLOAD_TOO_LARGE);
    super.catch(stopped ? new PayloadTooLargeException(tooLarge(this.options.maxRequestBytes)) : error, host);
  }
}
