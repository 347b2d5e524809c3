import { fromJaeger } from '@bootlab/trace-model';
import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Post,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Readable } from 'node:stream';
import { mediaType } from '../otlp/read-request';
import { SpanReceiver } from '../otlp/span-receiver';
import { readBatch } from './jaeger-batch';
import { ThriftError } from './thrift-reader';

const TYPES = ['application/x-thrift', 'application/vnd.apache.thrift.binary'];

/** The receiver of Jaeger's collector for Thrift over HTTP. */
@Controller('api/traces')
export class ThriftController {
  constructor(private readonly receiver: SpanReceiver) {}

  /** Answers once the spans are stored for good. */
  @Post()
  @HttpCode(202)
  async take(
    @Body() body: Readable | undefined,
    @Headers('content-type') contentType: string | undefined,
    @Headers('content-encoding') encoding: string | undefined,
  ): Promise<void> {
    const type = mediaType(contentType);
    if (!TYPES.includes(type)) {
      throw new UnsupportedMediaTypeException(`Spans come here as ${TYPES[0]}, not as "${type}".`);
    }
    try {
      await this.receiver.read({ body, encoding }, (bytes) => this.receiver.store(fromJaeger(readBatch(bytes))));
    } catch (error) {
      if (error instanceof ThriftError)
        throw new BadRequestException(`The body is no batch of spans: ${error.message}`);
      throw error;
    }
  }
}
