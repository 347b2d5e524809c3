import { OtlpError, Span, spansFromOtlp } from '@bootlab/trace-model';
import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { decodeTraceRequest } from './otlp-protobuf';

export const JSON_TYPE = 'application/json';
export const PROTOBUF_TYPE = 'application/x-protobuf';

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]!.trim().toLowerCase();
}

async function parse(body: Buffer, type: string): Promise<unknown> {
  try {
    return type === JSON_TYPE ? JSON.parse(body.toString()) : await decodeTraceRequest(body);
  } catch (error) {
    const form = type === JSON_TYPE ? 'JSON' : 'protobuf';
    throw new BadRequestException(`The body is not an OTLP trace request in ${form} (${(error as Error).message}).`);
  }
}

/** The spans of an OTLP trace request. @throws 400 or 415 in one sentence */
export async function readTraceRequest(body: Buffer, contentType: string | undefined): Promise<Span[]> {
  const type = mediaType(contentType);
  if (type !== JSON_TYPE && type !== PROTOBUF_TYPE) {
    throw new UnsupportedMediaTypeException(`Traces come as ${JSON_TYPE} or ${PROTOBUF_TYPE}, not as "${type}".`);
  }
  const request = await parse(body, type);
  try {
    return spansFromOtlp(request);
  } catch (error) {
    if (error instanceof OtlpError) throw new BadRequestException(error.message);
    throw error;
  }
}
