import { glanceException, imageStatuses } from '@bootlab/openstack';
import type { ImageValues } from '../image';
import type { ImageRow } from './models';

const LARGEST_INT = 2 ** 31 - 1;

function wrong(name: string, form: string): never {
  throw new glanceException.Invalid({ reason: `The image's ${name} must be ${form}.` });
}

function text(name: string, value: unknown, longest: number): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > longest) wrong(name, `text of at most ${longest} characters`);
  return value;
}

function wholeNumber(name: string, value: unknown, largest: number): number | null {
  if (value === null) return null;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || number > largest) {
    wrong(name, `a whole number from 0 to ${largest}`);
  }
  return number;
}

function status(value: unknown): string {
  if (!imageStatuses.some((known) => known === value)) wrong('status', `one of ${imageStatuses.join(', ')}`);
  return value as string;
}

/**
 * The columns that `values` sets, checked. A new image needs a status.
 * @throws Invalid naming the field
 */
export function columnsOf(values: Omit<ImageValues, 'is_public'>, isNew: boolean): Partial<ImageRow> {
  const columns: Record<string, unknown> = {};
  const set = (name: keyof ImageValues, read: (value: unknown) => unknown) => {
    const value: unknown = values[name as keyof typeof values];
    if (value !== undefined) columns[name] = read(value);
  };
  set('name', (value) => text('name', value, 255));
  set('disk_format', (value) => text('disk_format', value, 20));
  set('container_format', (value) => text('container_format', value, 20));
  set('checksum', (value) => text('checksum', value, 32));
  set('owner', (value) => text('owner', value, 255) || null);
  set('size', (value) => wholeNumber('size', value, Number.MAX_SAFE_INTEGER));
  set('virtual_size', (value) => wholeNumber('virtual_size', value, Number.MAX_SAFE_INTEGER));
  set('min_disk', (value) => wholeNumber('min_disk', value, LARGEST_INT) ?? 0);
  set('min_ram', (value) => wholeNumber('min_ram', value, LARGEST_INT) ?? 0);
  set('protected', (value) => (value ? 1 : 0));
  set('visibility', (value) => value);
  if (isNew || values.status !== undefined) columns['status'] = status(values.status);
  return columns;
}
