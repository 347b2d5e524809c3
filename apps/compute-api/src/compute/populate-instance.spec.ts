import type { Flavor } from '@bootlab/nova';
import type { CommonOptions } from './base-options';
import { createDbEntryForNewInstance } from './populate-instance';

const flavor = { id: 1, memory_mb: 1, vcpus: 1, root_gb: 3, ephemeral_gb: 0 } as Flavor;

function populated(name: string, place = { index: 0, count: 1 }, image = {}) {
  const options = { display_name: name, flavor, image_ref: 'i', system_metadata: {} } as CommonOptions;
  return createDbEntryForNewInstance('u', options, image, place);
}

describe('createDbEntryForNewInstance', () => {
  it.each([
    ['web', 'web'],
    ['My Web_Server!', 'my-web-server'],
    ['-.web.-', 'web'],
    ['x'.repeat(70), 'x'.repeat(63)],
    ['サーバ', 'Server-u'],
  ])('makes %s the host name %s', (name, hostname) => {
    expect(populated(name)).toMatchObject({ display_name: name, hostname, task_state: 'scheduling' });
  });

  it('numbers several', () => {
    expect(populated('web', { index: 1, count: 2 })).toMatchObject({
      display_name: 'web-2',
      hostname: 'web-2',
      launch_index: 1,
    });
  });

  it('remembers the image', () => {
    const image = {
      min_ram: 64,
      min_disk: 5,
      disk_format: 'qcow2',
      container_format: null,
      properties: { os_type: 'linux', mappings: [], long: 'é'.repeat(200) },
    };
    expect(populated('web', undefined, image).system_metadata).toEqual({
      image_base_image_ref: 'i',
      image_min_ram: '64',
      image_min_disk: '5',
      image_disk_format: 'qcow2',
      image_os_type: 'linux',
      image_long: 'é'.repeat(127),
    });
    expect(populated('web', undefined, { disk_format: 'vhd', min_disk: 9 }).system_metadata).toMatchObject({
      image_min_disk: '3',
    });
  });
});
