import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { qcow2 } from './disk-images';
import { BootWish, NovaProcesses } from './nova-processes';
import type { ServedImage } from './glance-server';

const GIB = 1024 ** 3;

describe('a build that fails', () => {
  let nova: NovaProcesses;

  beforeAll(async () => {
    nova = await NovaProcesses.start({ BOOTLAB_NOVA__QUOTA__INSTANCES: '-1' });
    await nova.startHost('node1');
  });
  afterAll(() => nova.stop());

  /** Boots, expects the end in state error with nothing left behind, and gives the fault. */
  async function failedBoot(image: ServedImage | undefined, wish: BootWish = {}) {
    const imageId = randomUUID();
    if (image) nova.glance.images.set(imageId, image);
    const [uuid = ''] = await nova.boot({ ...wish, imageId });
    const error = { vm_state: 'error', task_state: null, host: null, node: null };
    expect(await nova.settled(uuid)).toMatchObject(error);
    await nova.quiet();
    while ((await nova.allocated()) > 0);
    const base = join(nova.folder('node1'), '_base');
    expect(readdirSync(base).filter((name) => /part|converted/.test(name))).toEqual([]);
    expect(existsSync(join(nova.folder('node1'), uuid))).toBe(false);
    return nova.fault(uuid);
  }

  const bytes = randomBytes(100_000);

  it.each<[string, ServedImage | undefined, RegExp]>([
    ['glance has no such image', undefined, /: Image .* could not be found\.$/],
    ['glance does not let the user have it', { bytes, status: 403 }, /: Not authorized for image /],
    ['glance is out of service', { bytes, status: 503 }, /: Connection to glance host http/],
    ['the bytes have another checksum', { bytes, checksum: '0'.repeat(32) }, /: .*(md5|checksum)/i],
  ])('asks for another host, which there is not, and tells why when %s', async (_, image, message) => {
    const fault = await failedBoot(image);
    expect(fault).toMatchObject({ code: 500, host: 'controller', message: expect.stringMatching(message) });
    expect(fault.message).toMatch(/^Exceeded maximum number of retries\. No other host is left to try\. /);
  });

  it.each<[string, ServedImage | undefined, RegExp]>([
    ['the image needs another file', { bytes: qcow2({ backingFile: '/etc/passwd' }) }, /aborted: .*\/etc\/passwd$/],
    ['the image is larger than the flavor', { bytes: qcow2({ virtualSize: 2 * GIB }) }, /aborted: .*too small/],
    ['the header of the image is broken', { bytes: qcow2({ version: 9 }) }, /aborted: .*version 9 is unknown$/],
  ])('tells why when %s', async (_, image, message) => {
    const fault = await failedBoot(image);
    expect(fault).toMatchObject({ code: 500, host: 'node1', message: expect.stringMatching(message) });
    expect(fault.details).toContain('at ');
  });

  it.each<[string, BootWish['change'], RegExp]>([
    ['a property has no meaning', (args) => (args.image.properties = { hw_disk_bus: 'magic' }), /magic/],
    [
      'the id of the image could become another path',
      ({ build_requests }) => (build_requests[0]!.instance.image_ref = '../../etc/passwd'),
      /aborted: .*its id is no uuid$/,
    ],
    ['a disk has a tag', (args) => (args.block_device_mapping[0]![0]!.tag = 'a'), /aborted: .*tagged devices/],
    [
      'a disk is a volume',
      (args) => (args.block_device_mapping[0]![0]!.destination_type = 'volume'),
      /aborted: .*volume/,
    ],
  ])('tells why when %s', async (_, change, message) => {
    const fault = await failedBoot({ bytes }, { change });
    expect(fault).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('goes on building other instances', async () => {
    const imageId = randomUUID();
    nova.glance.images.set(imageId, { bytes: qcow2({ virtualSize: GIB }) });
    const [uuid = ''] = await nova.boot({ imageId });
    expect((await nova.settled(uuid)).vm_state).toBe('active');
  });
});
