import { z } from 'zod';
import { base64, count, flag, name, uuid } from './types';

const metadata = z.record(
  z.string().regex(/^[a-zA-Z0-9-_:. ]{1,255}$/, 'is no key of metadata; use 1 to 255 letters, digits, spaces and -_:.'),
  z.string('is not of type string').max(255, 'is too long; 255 characters are allowed'),
);

const address = z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address' });

const network = z.strictObject({
  uuid: uuid.optional(),
  port: uuid.nullable().optional(),
  fixed_ip: address.optional(),
});

const deviceName = z.string().regex(/^(\/dev\/)?[A-Za-z]+[0-9]*$/, 'is not the name of a device');

const volumeSize = z.union([count(1), z.literal('').transform(() => null)]);

const blockDevice = z.strictObject({
  source_type: z.enum(['volume', 'image', 'snapshot', 'blank'], 'is not one of volume, image, snapshot, blank'),
  destination_type: z.enum(['local', 'volume'], 'is not one of local, volume').optional(),
  uuid: z.string().min(1).max(255).optional(),
  boot_index: z
    .union(
      [
        z.number().int(),
        z
          .string()
          .regex(/^-?\d+$/)
          .transform(Number),
        z.literal('None').transform(() => null),
      ],
      {
        error: 'is not a whole number',
      },
    )
    .nullable()
    .optional(),
  volume_size: volumeSize.optional(),
  delete_on_termination: flag.optional(),
  guest_format: z.string().max(255).optional(),
  device_type: z.string().max(255).optional(),
  disk_bus: z.string().max(255).optional(),
  device_name: deviceName.nullable().optional(),
  no_device: z.unknown().optional(),
});

/** Version 1 of the above knows volumes and snapshots only. */
const legacyBlockDevice = z.strictObject({
  device_name: deviceName.optional(),
  volume_id: uuid.optional(),
  snapshot_id: uuid.optional(),
  volume_size: volumeSize.optional(),
  delete_on_termination: flag.optional(),
  virtual_name: z.string().max(255).optional(),
  no_device: z.unknown().optional(),
});

const server = z.strictObject({
  name,
  flavorRef: z.union([z.string().min(1, "'' is too short"), z.number().int()], { error: 'is not the id of a flavor' }),
  imageRef: z.string('is not of type string').optional(),
  adminPass: z.string('is not of type string').optional(),
  metadata: metadata.optional(),
  networks: z
    .union([z.enum(['none', 'auto']), z.array(network)], { error: 'is not none, auto or a list of networks' })
    .optional(),
  'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL'], 'is not one of AUTO, MANUAL').optional(),
  accessIPv4: z.ipv4('is not an IPv4 address').optional(),
  accessIPv6: z.ipv6('is not an IPv6 address').optional(),
  availability_zone: name.optional(),
  personality: z.array(z.strictObject({ path: z.string('is not of type string'), contents: base64 })).optional(),
  config_drive: z.union([z.boolean(), z.string()], { error: 'is not a boolean' }).optional(),
  key_name: name.optional(),
  min_count: count(1).optional(),
  max_count: count(1).optional(),
  return_reservation_id: flag.optional(),
  security_groups: z.array(z.strictObject({ name: z.string().min(1).max(255) })).optional(),
  user_data: z.string('is not of type string').max(65_535, 'is too long; 65535 characters are allowed').optional(),
  block_device_mapping: z.array(legacyBlockDevice).optional(),
  block_device_mapping_v2: z.array(blockDevice).optional(),
});

const hints = z.record(z.string(), z.unknown());

/** The body of `POST /servers` at microversion 2.1. Plays `nova.api.openstack.compute.schemas.servers.base_create`. */
export const createServer = z.strictObject({
  server,
  'os:scheduler_hints': hints.optional(),
  'OS-SCH-HNT:scheduler_hints': hints.optional(),
});

export type CreateServerBody = z.infer<typeof createServer>;
export type CreateServer = CreateServerBody['server'];
export type ApiBlockDevice = z.infer<typeof blockDevice>;
export type ApiNetworks = Exclude<CreateServer['networks'], undefined>;
