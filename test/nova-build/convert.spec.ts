import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDiskInfo } from '../../apps/compute-manager/src/virt/disk-info/read-disk-info';
import { getCacheFname } from '../../apps/compute-manager/src/virt/libvirt/imagecache';
import { qcow2 } from './disk-images';
import { NovaProcesses } from './nova-processes';
import { recordedSpans } from './recorded-spans';

const GIB = 1024 ** 3;

describe('an image that is not raw', () => {
  let nova: NovaProcesses;

  beforeEach(async () => {
    nova = await NovaProcesses.start();
    await nova.startHost('node1');
    recordedSpans.forget();
  });
  afterEach(() => nova.stop());

  /** A program that takes the place of qemu-img: this text is its script. */
  function qemuImg(script: string): void {
    mkdirSync(nova.programs);
    writeFileSync(join(nova.programs, 'qemu-img'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  async function boot(image: Buffer) {
    const imageId = randomUUID();
    nova.glance.images.set(imageId, { bytes: image });
    const [uuid = ''] = await nova.boot({ imageId });
    const instance = await nova.settled(uuid);
    await nova.quiet();
    const base = join(nova.folder('node1'), '_base');
    const span = recordedSpans.ended.find(({ name }) => name === 'convert_image');
    return {
      uuid,
      instance,
      cached: join(base, getCacheFname(imageId)),
      inBase: readdirSync(base),
      disk: join(nova.folder('node1'), uuid, 'disk'),
      attributes: span?.attributes,
    };
  }

  const image = qcow2({ virtualSize: GIB });

  it('is converted where there is qemu-img', async () => {
    qemuImg('printf "$*" > "$9"');
    const { cached, inBase, disk, attributes } = await boot(image);
    expect(readFileSync(cached, 'utf8')).toBe(
      `convert -t writeback -O raw -f qcow2 ${cached}.part ${cached}.converted`,
    );
    expect(inBase).toHaveLength(1);
    expect(readDiskInfo(disk)).toMatchObject({ backingFile: cached });
    expect(readFileSync(disk).includes('raw')).toBe(true);
    expect(attributes).toMatchObject({ 'image.converted': true });
  });

  it('is kept as it is where there is none, and the span says so', async () => {
    const { cached, instance, disk, attributes } = await boot(image);
    expect(instance.vm_state).toBe('active');
    expect(readFileSync(cached).equals(image)).toBe(true);
    expect(readFileSync(disk).includes('qcow2')).toBe(true);
    expect(attributes).toMatchObject({
      'image.converted': false,
      'hop.simulated': 'No qemu-img on PATH, so the qcow2 image goes into _base as it is.',
    });
  });

  it('is not kept when the conversion gives something else', async () => {
    qemuImg('printf "QFI\\373\\000\\000\\000\\003%0200d" 0 > "$9"');
    const { uuid, instance, inBase } = await boot(image);
    expect(instance.vm_state).toBe('error');
    expect((await nova.fault(uuid)).message).toMatch(/aborted: /);
    expect(inBase).toEqual([]);
  });

  it('ends the build when it cannot be converted, and leaves nothing of it', async () => {
    qemuImg('printf half > "$9"; echo "qemu-img: it is corrupt" >&2; exit 1');
    const { uuid, instance, inBase } = await boot(image);
    expect(instance.vm_state).toBe('error');
    expect((await nova.fault(uuid)).message).toMatch(/cannot be converted to raw: qemu-img: it is corrupt$/);
    expect(inBase).toEqual([]);
  });
});

describe('a host that is set up otherwise', () => {
  it('converts nothing, and copies images where disks shall not share them', async () => {
    const nova = await NovaProcesses.start({
      BOOTLAB_NOVA__DEFAULT__FORCE_RAW_IMAGES: 'false',
      BOOTLAB_NOVA__DEFAULT__USE_COW_IMAGES: 'false',
    });
    await nova.startHost('node1');
    const [raw, kernel] = [randomUUID(), randomUUID()];
    nova.glance.images.set(raw, { bytes: Buffer.from('raw disk') });
    nova.glance.images.set(kernel, { bytes: qcow2({ virtualSize: GIB }) });
    recordedSpans.forget();
    const [uuid = ''] = await nova.boot({
      imageId: raw,
      change: ({ build_requests }) => (build_requests[0]!.instance.kernel_id = kernel),
    });
    expect((await nova.settled(uuid)).vm_state).toBe('active');
    await nova.quiet();
    const folder = join(nova.folder('node1'), uuid);
    expect(readDiskInfo(join(folder, 'disk'))).toEqual({ fileFormat: 'raw', virtualSize: GIB });
    expect(readFileSync(join(folder, 'disk')).toString('utf8', 0, 8)).toBe('raw disk');
    expect(readFileSync(join(folder, 'kernel')).equals(qcow2({ virtualSize: GIB }))).toBe(true);
    expect(readFileSync(join(folder, 'libvirt.xml'), 'utf8')).toContain(`<kernel>${folder}/kernel</kernel>`);
    expect(recordedSpans.ended.some(({ name }) => name === 'fetch_raw_image')).toBe(true);
    await nova.stop();
  });
});
