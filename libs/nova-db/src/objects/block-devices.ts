import type { BlockDeviceMapping } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { codec, now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

const blockDeviceCodec = codec<BlockDeviceMapping>({ flags: ['delete_on_termination', 'no_device'] });

const columns = [
  'uuid',
  'instance_uuid',
  'source_type',
  'destination_type',
  'guest_format',
  'device_type',
  'disk_bus',
  'device_name',
  'boot_index',
  'image_id',
  'volume_id',
  'snapshot_id',
  'volume_size',
  'delete_on_termination',
  'no_device',
  'tag',
] as const;

/** The disks of instances in nova's database. */
@Injectable()
export class BlockDevices {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  async create(devices: BlockDeviceMapping[]): Promise<void> {
    if (devices.length === 0) return;
    const same = { created_at: now(), updated_at: null, deleted: 0, deleted_at: null };
    const rows = devices.map((device) => ({ ...blockDeviceCodec.toRow(device), ...same }));
    await this.db
      .insertInto('block_device_mapping')
      .values(rows as never)
      .execute();
  }

  async getByInstanceUuid(uuid: string): Promise<BlockDeviceMapping[]> {
    const rows = await this.db
      .selectFrom('block_device_mapping')
      .select(columns)
      .where('instance_uuid', '=', uuid)
      .where('deleted', '=', 0)
      .orderBy('id')
      .execute();
    return rows.map((row) => blockDeviceCodec.toObject(row));
  }
}
