/** 32 lower-case hex digits of a trace id of 64 or 128 bits in any case; undefined for anything else. */
export function normalizeTraceId(text: string): string | undefined {
  return normalize(text, [16, 32], 32);
}

/** 16 lower-case hex digits of a span id; undefined for anything else. */
export function normalizeSpanId(text: string): string | undefined {
  return normalize(text, [16], 16);
}

function normalize(text: string, lengths: number[], width: number): string | undefined {
  if (!lengths.includes(text.length) || !/^[0-9a-f]+$/i.test(text) || /^0+$/.test(text)) return undefined;
  return text.toLowerCase().padStart(width, '0');
}
