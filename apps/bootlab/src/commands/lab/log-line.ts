import { pc } from '../../cli/colors';

/** A line of a log file: JSON as a service logs it, or whatever else its process wrote. */
export interface LogLine {
  service: string;
  raw: string;
  /** ISO 8601; of the line before where the line itself has none. */
  time: string;
  fields?: Record<string, unknown>;
}

const LEVELS: [least: number, name: string, paint: (text: string) => string][] = [
  [50, 'ERROR', pc.red],
  [40, 'WARN', pc.yellow],
  [30, 'INFO', (text) => text],
  [0, 'DEBUG', pc.dim],
];

function parse(raw: string): Record<string, unknown> | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    return JSON.parse(raw) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** @param before the time of the line before */
export function logLine(service: string, raw: string, before = ''): LogLine {
  const fields = parse(raw);
  return { service, raw, fields, time: typeof fields?.['time'] === 'string' ? fields['time'] : before };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** For people: time, level, service, message and the ids by which the rest is found. */
export function formatLogLine({ service, raw, time, fields }: LogLine): string {
  const name = pc.cyan(service.padEnd(15));
  if (fields === undefined) return `${''.padEnd(12)} ${''.padEnd(5)} ${name} ${raw}`;
  const level = Number(fields['level']);
  const [, label, paint] = LEVELS.find(([least]) => level >= least) ?? LEVELS[2]!;
  const ids = [text(fields['request_id']), fields['trace_id'] === undefined ? '' : `trace ${text(fields['trace_id'])}`];
  const known = ids.filter((id) => id !== '').join(' ');
  const stack = text((fields['err'] as { stack?: unknown } | undefined)?.stack) || text(fields['detail']);
  const end = `${known === '' ? '' : `  ${pc.dim(known)}`}${stack === '' ? '' : `\n${stack}`}`;
  return `${pc.dim(time.slice(11, 23))} ${paint(label.padEnd(5))} ${name} ${text(fields['msg'])}${end}`;
}
