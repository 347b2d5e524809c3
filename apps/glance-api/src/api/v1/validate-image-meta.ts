import { hop } from '@bootlab/hop';
import { containerFormats, diskFormats, HttpException } from '@bootlab/openstack';

const AMAZON = ['aki', 'ari', 'ami'];
const TIMES = ['created_at', 'updated_at', 'deleted_at'] as const;
const LONGEST_NAME = 255;
const MD5_DIGITS = 32;

/** The fields that have rules. */
export interface CheckedMeta {
  name?: string | null;
  disk_format?: string | null;
  container_format?: string | null;
  checksum?: string | null;
  created_at?: string | null;
  updated_at?: string | null;
  deleted_at?: string | null;
}

function refuse(explanation: string): never {
  throw new HttpException(400, explanation);
}

function checkFormat(kind: string, value: string | null | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value ?? '')) return;
  const wrong = value === null ? `No ${kind} format` : `Invalid ${kind} format '${value}'`;
  refuse(`${wrong} for image; use one of ${known.join(', ')}.`);
}

function checkTime(name: string, value: string | null | undefined): void {
  if (value === undefined || value === null) return;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) refuse(`Invalid time format for ${name}: give it in ISO 8601.`);
  if (time.getUTCFullYear() < 1900) refuse(`Invalid time for ${name}: the year must be 1900 or later.`);
}

/** An Amazon image has the same disk and container format, so one of them says the other. */
function amazonFormats({ disk_format: disk, container_format: container }: CheckedMeta): Partial<CheckedMeta> {
  if (!AMAZON.includes(disk ?? '') && !AMAZON.includes(container ?? '')) return {};
  if (disk === undefined || disk === null) return { disk_format: container };
  if (container === undefined || container === null) return { container_format: disk };
  if (disk === container) return {};
  refuse(
    `Disk format ${disk} and container format ${container} do not go together: for aki, ari and ami both are the same.`,
  );
}

/**
 * The metadata with what its formats imply.
 * @throws HttpException 400 naming the field
 */
export const validateImageMeta = hop('glance.api.v1.images.validate_image_meta', function validateImageMeta<
  Meta extends CheckedMeta,
>(meta: Meta): Meta {
  const whole = { ...meta, ...amazonFormats(meta) };
  checkFormat('disk', whole.disk_format, diskFormats);
  checkFormat('container', whole.container_format, containerFormats);
  if ((meta.name ?? '').length > LONGEST_NAME) refuse(`Image name too long: at most ${LONGEST_NAME} characters.`);
  if ((meta.checksum ?? '').length > MD5_DIGITS) {
    refuse(`Invalid checksum '${meta.checksum}': an MD5 has ${MD5_DIGITS} hexadecimal digits.`);
  }
  for (const name of TIMES) checkTime(name, meta[name]);
  return whole;
});
