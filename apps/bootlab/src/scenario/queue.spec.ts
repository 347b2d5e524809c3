import { ScenarioCase, scenario } from '@bootlab/scenario';
import { groupsOf, Job, JobQueue } from './queue';

function job(order: number, rest: object = {}): Job {
  const parsed = scenario.parse({
    name: `s${order}`,
    title: 't',
    about: 'a',
    when: [{ as: 'b', boot: { image: 'x' } }],
    then: [{ complete: true }],
    ...rest,
  });
  const loaded = { scenario: parsed, file: 'x.yaml', placeOf: () => '' } as unknown as ScenarioCase;
  return { loaded, index: 0, order, level: parsed.level };
}

const config = { given: { config: { nova: { quota: { cores: 1 } } } } };
const restart = { when: [{ as: 'r', restart: 'registry' }] };
const listing = { when: [{ as: 'l', list_images: {} }] };

const orders = (jobs: readonly Job[]) => jobs.map(({ order }) => order);

describe('groupsOf', () => {
  it('puts equal settings together, the largest group first, and leaves alone what restarts', () => {
    const groups = groupsOf([job(0, restart), job(1, config), job(2), job(3, config), job(4), job(5, restart), job(6)]);
    expect(groups.map(({ jobs }) => orders(jobs))).toEqual([[2, 4, 6], [1, 3], [0], [5]]);
    expect(groups.map(({ settings }) => settings.own)).toEqual([
      undefined,
      'it sets config',
      'it stops or restarts a service',
      'it stops or restarts a service',
    ]);
  });

  it('gives what runs over a server a lab of its own', () => {
    const groups = groupsOf([
      job(0),
      job(1, { given: { transport: 'rabbitmq' } }),
      job(2, { given: { transport: 'tcp' } }),
    ]);
    expect(groups.map(({ jobs }) => orders(jobs))).toEqual([[0, 2], [1]]);
    expect(groups[1]!.settings.servers).toEqual({ transport: 'rabbitmq', database: undefined, hosts: 1 });
  });

  it('sets options by the environment', () => {
    expect(groupsOf([job(0, config)])[0]!.settings.env).toEqual({
      BOOTLAB_LAB__LAB__LEVEL: 'path',
      BOOTLAB_NOVA__QUOTA__CORES: '1',
    });
  });

  it('needs nova only when one of its jobs does', () => {
    expect(groupsOf([job(0, listing)])[0]!.settings.compute).toBe(false);
    expect(groupsOf([job(0, listing), job(1)])[0]!.settings.compute).toBe(true);
  });
});

describe('JobQueue', () => {
  it('stays with a group, begins another for the next one, and helps out at the end', () => {
    const [a, b] = groupsOf([job(0), job(1), job(2), job(3, config)]);
    const queue = new JobQueue([a!, b!]);
    const take = (last?: typeof a) => queue.take(last)?.job.order;
    expect([take(), take(), take(a), take(b), take(b)]).toEqual([0, 3, 1, 2, undefined]);
  });
});
