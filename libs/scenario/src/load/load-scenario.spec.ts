import { stringify } from 'yaml';
import { loadScenario } from './load-scenario';
import { problems, RIGHT } from './testing/right-scenario';

describe('loadScenario', () => {
  it('fills in sizes, times, defaults, names of steps and ids of hops', () => {
    const { cases } = loadScenario(
      'x.yaml',
      stringify({ ...RIGHT, deadline: '1.5 s', then: [{ absent: 'API._get_image' }] }),
    );
    expect(cases).toHaveLength(1);
    expect(cases[0]!.scenario).toMatchObject({
      deadline: 1500,
      level: 'path',
      given: { images: { cirros: { size: 1024 ** 2, disk_format: 'raw' } } },
      when: [{ as: 'boot', boot: { flavor: 'm1.nano', count: 1 } }],
      then: [{ absent: 'nova.compute.api.API._get_image' }],
    });
  });

  it('calls steps by their kind, also those at once', () => {
    const boot = { boot: { image: 'cirros' } };
    const when = [boot, { ...boot, as: 'mine' }, { parallel: [boot, { ...boot, as: 'other' }] }];
    const text = stringify({ ...RIGHT, when }, { aliasDuplicateObjects: false });
    const [only] = loadScenario('x.yaml', text).cases;
    expect(only!.scenario.when.map(({ as }) => as)).toEqual(['boot', 'mine', 'parallel']);
    expect(only!.scenario.when[2]!.parallel!.map(({ as }) => as)).toEqual(['boot-2', 'other']);
  });

  it('makes a case of each combination of the matrix', () => {
    const { cases } = loadScenario(
      'x.yaml',
      stringify({
        ...RIGHT,
        matrix: { size: ['1 MiB', 4096], count: [1, 2] },
        given: { images: { cirros: { size: '${size}' } } },
        when: [{ boot: { image: 'cirros', count: '${count}', name: 'vm-${count}' } }],
      }),
    );
    expect(cases.map(({ case: values }) => values)).toEqual([
      { size: '1 MiB', count: 1 },
      { size: '1 MiB', count: 2 },
      { size: 4096, count: 1 },
      { size: 4096, count: 2 },
    ]);
    expect(cases[3]!.scenario.given.images!['cirros']!.size).toBe(4096);
    expect(cases[3]!.scenario.when[0]!.boot).toMatchObject({ count: 2, name: 'vm-2' });
  });

  it('takes names that are known by the time they are used', () => {
    const boot = { boot: { image: 'cirros' }, as: 'cirros' };
    const use = { http: { service: 'glance-api', path: '/v1/images/${images.made.id}?${steps.cirros.id}' } };
    const text = stringify({ ...RIGHT, when: [{ create_image: { size: 1 }, as: 'made' }, boot, use] });
    expect(problems(text)).toEqual([]);
  });
});

describe('a file that leaves out what it can', () => {
  const text = 'when: [{ list_images: {} }]\nthen: [{ listed: { names: [] } }]\n';

  it('takes its name from the file', () => {
    const [loaded] = loadScenario('scenarios/nothing-there.yaml', text).cases;
    expect(loaded?.scenario).toMatchObject({ name: 'nothing-there', title: 'nothing-there', about: '' });
  });

  it('needs a file with a fitting name', () => {
    expect(loadScenario('Nothing There.yaml', text).problems.map(({ message }) => message)).toEqual([
      `The file is called Nothing There: a scenario's name has small letters, digits and "-" only. Rename the file.`,
    ]);
  });
});
