/** A moment as glance tells it: UTC, ISO 8601 with microseconds and without a zone. */
function formatTime(time: Date): string {
  return time.toISOString().replace('Z', '000');
}

export function utcnow(): string {
  return formatTime(new Date());
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** ISO 8601 text, UTC unless it names a zone, in glance's own form; undefined when it is no such text. */
export function parseIsotime(text: string): string | undefined {
  const zone = ISO.exec(text.replace(' ', 'T'));
  if (!zone) return undefined;
  const time = new Date(zone[4] === undefined && zone[1] !== undefined ? `${zone[0]}Z` : zone[0]);
  return Number.isNaN(time.getTime()) ? undefined : formatTime(time);
}
