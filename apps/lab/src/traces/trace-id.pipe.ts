import { normalizeTraceId } from '@bootlab/trace-model';
import { BadRequestException, PipeTransform } from '@nestjs/common';

/** A trace id of 64 or 128 bits in any case → 32 lower-case hex digits. */
export class TraceIdPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    const id = normalizeTraceId(text);
    if (id === undefined)
      throw new BadRequestException(`"${text}" is not a trace id: it takes 16 or 32 hex digits, not all zero.`);
    return id;
  }
}
