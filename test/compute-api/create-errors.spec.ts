import { CIRROS } from './support/api';
import { Row, Server, useRefusingApi, UUID } from './support/refusing-api';

const GIB = 1024 ** 3;
const MEMBER = { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' };

/** `count` files at one path, each with these contents in base 64. */
function personality(count: number, path = '/a', contents = 'aGk='): Server {
  return { personality: Array.from({ length: count }, () => ({ path, contents })) };
}

describe('what POST /servers refuses', () => {
  const own = useRefusingApi();

  describe('the schema', () => {
    const of = (field: string) => new RegExp(`^Invalid input for field/attribute ${field}: `);
    it.each<Row>([
      ['no name', { name: undefined }, 400, /field\/attribute server: 'name' is a required property/],
      ['an empty name', { name: '' }, 400, of('name')],
      ['a name with space around it', { name: ' web' }, 400, of('name')],
      ['a name of 256 characters', { name: 'x'.repeat(256) }, 400, of('name')],
      ['no flavor', { flavorRef: undefined }, 400, /server: 'flavorRef' is a required property/],
      [
        'an unknown field',
        { colour: 'red' },
        400,
        /server: Additional properties are not allowed \('colour' was unexpected\)/,
      ],
      ['tags, which come later', { tags: ['a'] }, 400, /'tags' was unexpected/],
      ['an imageRef that is a number', { imageRef: 7 }, 400, of('imageRef')],
      ['metadata that is no object', { metadata: 'a' }, 400, of('metadata')],
      ['a metadata value that is no text', { metadata: { a: 1 } }, 400, of('a')],
      ['a metadata value of 256 characters', { metadata: { a: 'x'.repeat(256) } }, 400, of('a')],
      ['a metadata key with a slash', { metadata: { 'a/b': 'c' } }, 400, of('a/b')],
      ['networks by another word', { networks: 'some' }, 400, of('networks')],
      ['a network without uuid', { networks: [{ fixed_ip: '10.0.0.1' }] }, 400, /Bad network format/],
      ['a network that is no uuid', { networks: [{ uuid: 'net' }] }, 400, of('uuid')],
      ['an address that is none', { networks: [{ uuid: UUID, fixed_ip: '10.0.0.300' }] }, 400, of('fixed_ip')],
      ['an address on a port', { networks: [{ port: UUID, fixed_ip: '10.0.0.1' }] }, 400, /a port has its own/],
      ['another diskConfig', { 'OS-DCF:diskConfig': 'SOME' }, 400, of('OS-DCF:diskConfig')],
      ['an IPv6 address as IPv4', { accessIPv4: '::1' }, 400, of('accessIPv4')],
      ['personality that is not base 64', personality(1, '/a', '%%%'), 400, of('contents')],
      ['user data of more than 64 KiB', { user_data: 'a'.repeat(65_536) }, 400, of('user_data')],
      ['min_count 0', { min_count: 0 }, 400, of('min_count')],
      ['a count that is no number', { max_count: 'many' }, 400, of('max_count')],
      ['min_count above max_count', { min_count: 3, max_count: 2 }, 400, /min_count must be <= max_count/],
      ['a source_type of its own', { block_device_mapping_v2: [{ source_type: 'tape' }] }, 400, of('source_type')],
    ])('%s', async (_what, server, status, message) => own.refused(server, status, message));

    it('does not repeat what is secret', async () => {
      const { body } = await own.api.boot({ adminPass: 12345678 });
      expect(body.badRequest.message).toBe('Invalid input for field/attribute adminPass: is not of type string');
    });

    it('a body without server, and other things beside it', async () => {
      const post = (body: unknown) => own.api.call('/v2.1/servers', { method: 'POST', body });
      expect((await post({})).body.badRequest.message).toContain("body: 'server' is a required property");
      expect((await post({ server: { name: 'a', flavorRef: '1', imageRef: CIRROS }, also: 1 })).status).toBe(400);
      expect((await own.api.call('/v2.1/servers', { method: 'POST' })).status).toBe(400);
    });
  });

  describe('what is asked for', () => {
    it.each<Row>([
      ['neither image nor disk', { imageRef: undefined }, 400, /Missing imageRef attribute/],
      ['an empty imageRef', { imageRef: '' }, 400, /Missing imageRef attribute/],
      ['an imageRef that is no id', { imageRef: 'cirros' }, 400, /Invalid imageRef provided/],
      ['an unknown flavor', { flavorRef: '77' }, 400, /Flavor 77 could not be found/],
      ['a disabled flavor', { flavorRef: '5' }, 400, /Flavor 5 could not be found/],
      ['a zone with three colons', { availability_zone: 'a:b:c:d' }, 400, /ZONE:HOST:NODE/],
      ['an unknown zone', { availability_zone: 'moon' }, 400, /availability zone 'moon' is not available/],
      [
        'one address for two servers',
        { min_count: 2, networks: [{ uuid: UUID, fixed_ip: '10.0.0.1' }] },
        400,
        /fixed_ip/,
      ],
      ['one port for two servers', { max_count: 2, networks: [{ port: UUID }] }, 400, /Port id cannot be used/],
      ['an unknown security group', { security_groups: [{ name: 'web' }] }, 400, /Security group web not found/],
      ['an unknown keypair', { key_name: 'mine' }, 400, /Keypair mine not found/],
      ['user data that is not base 64', { user_data: 'echo hi' }, 400, /User data needs to be valid base 64/],
      [
        'a config_drive that is no boolean',
        { config_drive: 'perhaps' },
        400,
        /Invalid value for config_drive: perhaps/,
      ],
    ])('%s', async (_what, server, status, message) => own.refused(server, status, message));

    it('a server group', async () => {
      const server = { name: 'web', imageRef: CIRROS, flavorRef: '1' };
      for (const hints of ['os:scheduler_hints', 'OS-SCH-HNT:scheduler_hints']) {
        const body = { server, [hints]: { group: UUID } };
        const answer = await own.api.call('/v2.1/servers', { method: 'POST', body });
        expect(answer.status).toBe(400);
        expect(answer.body.badRequest.message).toContain(`there is no server group ${UUID}`);
      }
    });

    it('a host named by a user who is no administrator', async () => {
      const forced = 'os_compute_api:servers:create:forced_host';
      await own.refused({ availability_zone: 'nova:node1' }, 403, new RegExp(`Policy doesn't allow ${forced}`), MEMBER);
    });
  });

  describe('the image', () => {
    const image = (headers: Record<string, string | number>) => ({
      imageRef: own.api.glance.add(crypto.randomUUID(), headers),
    });

    it('that glance does not have', async () =>
      own.refused({ imageRef: UUID }, 400, /Image 9{8}.* could not be found/));

    it.each([
      [400, 400, /got BadRequest response/],
      [401, 400, /Not authorized for image/],
      [403, 400, /Not authorized for image/],
      [503, 500, /Connection to glance host http:.* failed/],
    ])('when glance answers %i', async (broken, status, message) => {
      own.api.glance.broken = broken;
      await own.refused({}, status, message);
      own.api.glance.broken = undefined;
    });

    it.each<[string, Record<string, string | number>, RegExp]>([
      ['queued', { status: 'queued' }, /is not active/],
      ['deactivated', { status: 'deactivated' }, /is not active/],
      ['needing more memory', { min_ram: 513 }, /memory of 512 MB is below the image's min_ram of 513 MB/],
      ['larger than the disk', { size: GIB + 1 }, /Flavor disk is 1073741824 bytes, image is 1073741825 bytes/],
      ['needing a larger disk', { min_disk: 2 }, /smaller than the image's min_disk of 2147483648 bytes/],
      ['of an encrypted volume', { 'property-cinder_encryption_key_id': 'k' }, /is unacceptable/],
      [
        'with a disk bus that is none',
        { 'property-hw_disk_bus': 'tape' },
        /metadata is invalid: hw_disk_bus is 'tape'/,
      ],
      ['with an odd img_config_drive', { 'property-img_config_drive': 'maybe' }, /takes optional, mandatory/],
      ['with a kernel that is not there', { 'property-kernel_id': UUID }, /Image 9{8}.* could not be found/],
      [
        'with disks from snapshots',
        {
          'property-bdm_v2': 'True',
          'property-block_device_mapping': JSON.stringify([
            { source_type: 'snapshot', destination_type: 'volume', snapshot_id: UUID, boot_index: 0 },
          ]),
        },
        /failed to get snapshot/,
      ],
    ])('%s', async (_what, headers, message) => own.refused(image(headers), 400, message));

    it('that forbids what is asked of its partitions', async () => {
      const server = { ...image({ 'property-auto_disk_config': 'disabled' }), 'OS-DCF:diskConfig': 'AUTO' };
      await own.refused(server, 400, /forbids automatic disk partitioning/);
    });

    it('is read only after the request has passed for itself', async () => {
      const before = own.api.glance.asked.length;
      await own.refused({ availability_zone: 'moon' }, 400, /moon/);
      expect(own.api.glance.asked).toHaveLength(before);
    });

    it('counts as inactive only after groups and keys were looked at', async () => {
      await own.refused({ ...image({ status: 'queued' }), key_name: 'mine' }, 400, /Keypair mine/);
    });

    it('of which nobody can be asked', async () => {
      const { url } = own.api.glance;
      await own.api.glance.close();
      await own.refused({}, 500, new RegExp(`Connection to glance host ${url} failed`));
      await own.api.glance.reopen();
    });
  });

  describe('quotas', () => {
    it.each<Row>([
      [
        '129 metadata items',
        { metadata: Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, ''])) },
        403,
        /metadata items exceeds 128/,
      ],
      ['six files', personality(6), 403, /at most 5 files/],
      ['a path of 256 characters', personality(1, '/'.repeat(256)), 403, /path exceeds maximum of 255/],
      [
        'contents of more than 10240',
        personality(1, '/a', 'a'.repeat(10_244)),
        403,
        /content exceeds maximum of 10240/,
      ],
      ['eleven instances', { min_count: 11 }, 403, /Quota exceeded for instances/],
      ['24 processors', { flavorRef: '4', min_count: 6 }, 403, /Quota exceeded for cores/],
      ['more memory', { flavorRef: '4', min_count: 7 }, 403, /Quota exceeded for .*cores, ram/],
    ])('%s', async (_what, server, status, message) => own.refused(server, status, message));
  });
});
