import { hopPath } from './path';
import { makeSpan } from './testing/make-span';
import { buildTree } from './tree';

const hop = (id: string, level: string) => ({ attributes: { 'code.function.name': id, 'hop.level': level } });

describe('hopPath', () => {
  const tree = buildTree([
    makeSpan(1, undefined, { kind: 'server' }),
    makeSpan(2, 1, { ...hop('nova.compute.api.API._create_instance', 'story'), at: 2 }),
    makeSpan(3, 2, { kind: 'producer', at: 3 }),
    makeSpan(4, 3, { ...hop('nova.conductor.manager.schedule_and_build_instances', 'story'), at: 5 }),
    makeSpan(5, 2, { ...hop('nova.compute.api.API._check', 'detail'), at: 4 }),
    makeSpan(6, 4, { ...hop('nova.scheduler.select', 'path'), at: 4.5 }),
  ]);

  it('lists hops by start down to a level, and never one before its caller', () => {
    expect(hopPath(tree, 'detail')).toEqual([
      'nova.compute.api.API._create_instance',
      'nova.compute.api.API._check',
      'nova.conductor.manager.schedule_and_build_instances',
      'nova.scheduler.select',
    ]);
    expect(hopPath(tree, 'story')).toEqual([
      'nova.compute.api.API._create_instance',
      'nova.conductor.manager.schedule_and_build_instances',
    ]);
  });
});
