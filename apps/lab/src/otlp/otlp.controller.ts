import { Body, Controller, Headers, HttpCode, Post, Res, ServiceUnavailableException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SpanQueue } from '../store/span-queue';
import { mediaType, PROTOBUF_TYPE, readTraceRequest } from './read-request';
import { unpack } from './unpack';

/** OTLP/HTTP's receiver of traces. */
@Controller('v1/traces')
export class OtlpController {
  constructor(private readonly queue: SpanQueue) {}

  /** Answers once the spans are stored for good. A 503 asks the sender to try again later. */
  @Post()
  @HttpCode(200)
  async export(
    @Body() body: Buffer | undefined,
    @Headers('content-type') contentType: string | undefined,
    @Headers('content-encoding') encoding: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | Buffer> {
    const unpacked = await unpack(body ?? Buffer.alloc(0), encoding);
    await this.#store(await readTraceRequest(unpacked, contentType));
    if (mediaType(contentType) !== PROTOBUF_TYPE) return {};
    reply.type(PROTOBUF_TYPE);
    return Buffer.alloc(0);
  }

  async #store(spans: Parameters<SpanQueue['add']>[0]): Promise<void> {
    try {
      await this.queue.add(spans);
    } catch (error) {
      throw new ServiceUnavailableException(`The spans are not stored: ${(error as Error).message}`, { cause: error });
    }
  }
}
