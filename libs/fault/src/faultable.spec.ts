import { allEntries, playedServices } from '@bootlab/hop';
import { makeException } from '@bootlab/openstack';
import { faultableExceptions } from '.';

const dotted = (id: string) => faultableExceptions(id).map((exception) => exception.dotted);

describe('faultableExceptions', () => {
  it.each<[string, string[]]>([
    [
      'nova.compute.api.API._get_image',
      [
        'nova.exception.ImageNotFound',
        'nova.exception.ImageNotAuthorized',
        'nova.exception.GlanceConnectionFailed',
        'glanceclient.exc.HTTPNotFound',
      ],
    ],
    [
      'glance.api.v1.images.Controller._get_from_store',
      [
        'glance_store.exceptions.NotFound',
        'glance_store.exceptions.RemoteServiceUnavailable',
        'glance_store.exceptions.UnknownScheme',
        'webob.exc.HTTPNotFound',
        'webob.exc.HTTPServiceUnavailable',
      ],
    ],
    ['glance_store._drivers.filesystem.Store.get', ['glance_store.exceptions.NotFound']],
    ['glance_store._drivers.filesystem.ChunkedFile.__iter__', ['builtins.OSError']],
    ['glance.db.sqlalchemy.api.image_get', ['glance.common.exception.ImageNotFound']],
    ['nova.virt.libvirt.driver.LibvirtDriver.spawn', ['builtins.OSError', 'nova.exception.ImageNotFound']],
    ['nova.virt.libvirt.driver.LibvirtDriver._create_image', ['builtins.OSError']],
    [
      'nova.compute.manager.ComputeManager._build_and_run_instance',
      [
        'nova.exception.RescheduledException',
        'nova.exception.BuildAbortException',
        'nova.exception.ComputeResourcesUnavailable',
      ],
    ],
    [
      'glanceclient.common.http.SessionClient.request',
      ['glanceclient.exc.CommunicationError', 'glanceclient.exc.InvalidEndpoint', 'glanceclient.exc.HTTPNotFound'],
    ],
    ['glanceclient.common.utils.integrity_iter', ['builtins.IOError']],
  ])('%s', (id, expected) => {
    expect(dotted(id)).toEqual(expect.arrayContaining(expected));
  });

  it('names each only once, and by its plain name too', () => {
    const found = dotted('nova.api.openstack.compute.servers.ServersController.create');
    expect(new Set(found).size).toBe(found.length);
    expect(faultableExceptions('glance.db.sqlalchemy.api.image_get')).toContainEqual({
      name: 'ImageNotFound',
      dotted: 'glance.common.exception.ImageNotFound',
    });
  });

  it('gives only what can be made, with a message that is whole', () => {
    const all = new Set(allEntries().flatMap(({ id }) => (playedServices(id).length > 0 ? dotted(id) : [])));
    expect(all.size).toBeGreaterThan(80);
    for (const name of all) {
      const error = makeException(name);
      expect(error).toBeInstanceOf(Error);
      expect(error?.message).not.toMatch(/unknown|undefined|\{|^$/);
    }
  });
});
