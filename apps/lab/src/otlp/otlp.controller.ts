import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { mediaType, PROTOBUF_TYPE, readTraceRequest } from './read-request';
import { SpanReceiver } from './span-receiver';

/** OTLP/HTTP's receiver of traces. */
@Controller('v1/traces')
export class OtlpController {
  constructor(private readonly receiver: SpanReceiver) {}

  /** Answers once the spans are stored for good. A 503 asks the sender to try again later. */
  @Post()
  @HttpCode(200)
  async export(
    @Body() body: Readable | undefined,
    @Headers('content-type') contentType: string | undefined,
    @Headers('content-encoding') encoding: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | Buffer> {
    await this.receiver.read({ body, encoding }, async (bytes) =>
      this.receiver.store(await readTraceRequest(bytes, contentType)),
    );
    if (mediaType(contentType) !== PROTOBUF_TYPE) return {};
    reply.type(PROTOBUF_TYPE);
    return Buffer.alloc(0);
  }
}
