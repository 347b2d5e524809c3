import { allEntries } from '..';
import { canDrop, canKill, Fault, faultProblem, isStreamHop, playedServices, raisableExceptions } from '.';

const ids = (fits: (id: string) => boolean) => allEntries().flatMap(({ id }) => (fits(id) ? [id] : []));

describe('what faults a hop can have', () => {
  it('bytes go through five hops', () => {
    expect(ids(isStreamHop).sort()).toEqual([
      'glance.api.common.size_checked_iter',
      'glance.common.utils.cooperative_iter',
      'glance_store._drivers.filesystem.ChunkedFile.__iter__',
      'glance_store._drivers.http.http_response_iterator',
      'glanceclient.common.utils.integrity_iter',
    ]);
  });

  it('three hops cast', () => {
    expect(ids(canDrop)).toEqual([
      'nova.conductor.rpcapi.ComputeTaskAPI.schedule_and_build_instances',
      'nova.conductor.rpcapi.ComputeTaskAPI.build_instances',
      'nova.compute.rpcapi.ComputeAPI.build_and_run_instance',
    ]);
  });

  it('a hop without a pause gives no time to tell of a kill', () => {
    expect(canKill('glance.api.v1.images.redact_loc')).toBe(false);
    expect(canKill('glance.api.v1.images.Controller.show')).toBe(true);
  });

  it('only played hops have services', () => {
    expect(playedServices('nova.compute.manager.ComputeManager._build_and_run_instance')).toEqual(['compute-manager']);
    expect(playedServices('nova.virt.fake.FakeDriver.spawn')).toEqual([]);
    expect(playedServices('no.such.hop')).toEqual([]);
  });

  const show = 'glance.api.v1.images.Controller.show';
  it.each<[Fault, RegExp | undefined]>([
    [{ hop: show, kind: 'delay', ms: 1 }, undefined],
    [{ hop: show, kind: 'delay' }, /needs ms/],
    [{ hop: show, kind: 'delay', ms: -1 }, /ms must be a number from 0/],
    [{ hop: show, kind: 'delay', ms: 1, times: 0 }, /times must be a whole number from 1/],
    [{ hop: show, kind: 'delay', ms: 1, probability: 2 }, /probability must be a number from 0 to 1/],
    [{ hop: show, kind: 'hang', service: 'registry' }, /is not in registry; it is in glance-api/],
    [{ hop: show, kind: 'truncate', bytes: 1 }, /gives no bytes.*ChunkedFile/],
    [{ hop: show, kind: 'drop' }, /casts no message.*build_and_run_instance/],
    [{ hop: 'glance.api.v1.images.redact_loc', kind: 'kill' }, /without a pause/],
    [{ hop: 'nova.virt.fake.FakeDriver.spawn', kind: 'kill' }, /does not play hop.*Did you mean/],
    [
      { hop: 'glance.api.v1.images.Controller.shw', kind: 'kill' },
      /Did you mean glance.api.v1.images.Controller.show\?/,
    ],
  ])('%j', (fault, problem) => {
    if (problem) expect(faultProblem(fault)).toMatch(problem);
    else expect(faultProblem(fault)).toBeUndefined();
  });
});

describe('what a hop can raise', () => {
  it('stands in the catalogue as one name a row', () => {
    const names = allEntries().flatMap(({ raises = [] }) => raises.map(({ exception }) => exception));
    expect(names.filter((name) => !/^(any|([a-z_]+\.)?[A-Z]\w+)$/.test(name))).toEqual([]);
  });

  it('is its own and that of what it calls, in this process only', () => {
    const names = (id: string) => raisableExceptions(id).map(({ name }) => name);
    expect(names('nova.compute.api.API._get_image')).toEqual(expect.arrayContaining(['ImageNotFound']));
    expect(names('nova.conductor.rpcapi.ComputeTaskAPI.schedule_and_build_instances')).not.toContain('NoValidHost');
  });
});
