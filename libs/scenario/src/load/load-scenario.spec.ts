import fc from 'fast-check';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadScenario } from './load-scenario';
import { formatProblem } from './problem';

const RIGHT = {
  name: 'x',
  title: 'A boot',
  about: 'It boots.',
  given: { images: { cirros: { size: '1 MiB' } } },
  when: [{ boot: { image: 'cirros' } }],
  then: [{ server: { status: 'ACTIVE' } }],
};

function problems(text: string | Buffer): string[] {
  return loadScenario('x.yaml', text).problems.map(formatProblem);
}

/** The problems of a scenario that is right but for what is given. */
function problemsWith(changes: object): string[] {
  return problems(stringify({ ...RIGHT, ...changes })).map((line) => line.replace(/^x\.yaml:\d+:\d+: /, ''));
}

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

  it('tells one mistake once', () => {
    expect(problemsWith({ given: { images: ['cirros'] } })).toEqual(['This must be a map, not a list.']);
    expect(problemsWith({ when: ['boot'] })).toEqual(['This must be a map, not text.']);
  });

  it('names the case that is wrong', () => {
    expect(problemsWith({ matrix: { n: [1, 0] }, when: [{ boot: { image: 'cirros', count: '${n}' } }] })).toEqual([
      'With n 0: This must be at least 1.',
    ]);
  });

  it('tells where things stand', () => {
    const text = 'name: x\ntitle: t\nabout: a\nwhen:\n  - list_images: {}\nthen:\n  - errors: []\n  - complete: true\n';
    const [only] = loadScenario('x.yaml', text).cases;
    expect(only!.placeOf(['then', 1])).toBe('x.yaml:8:5');
    expect(only!.placeOf(['then', 1, 'nothing'])).toBe('x.yaml:8:5');
    expect(only!.placeOf(['then', 0, 'errors'])).toBe('x.yaml:7:13');
  });

  it('tells where a size is too small', () => {
    const text = stringify({ ...RIGHT, given: { images: { cirros: { header: 'qcow2', size: '4 KiB' } } } });
    expect(problems(text)).toEqual([expect.stringMatching(/^x\.yaml:8:13: This has no room for the header of qcow2/)]);
  });

  it('tells every mistake at once, each at its place', () => {
    const text = [
      'name: y',
      'titel: t',
      'about: 5',
      'given:',
      '  images:',
      '    a: { size: 1 MB }',
      'when:',
      '  - boot: { image: b }',
      '  - wait: 1 s',
      'then:',
      '  - absent: _get_imag',
    ];
    expect(problems(text.join('\n'))).toEqual([
      'x.yaml:1:7: The scenario is called y and its file x: give both the same name.',
      'x.yaml:2:1: There is no key titel here. Did you mean title?',
      'x.yaml:3:8: This must be text, not a number. Markdown: what happens and why it matters.',
      'x.yaml:6:16: Write it as a number of bytes, or as 512 B, 64 KiB, 4 MiB or 1 GiB.',
      'x.yaml:8:20: There is no image b. Did you mean a?',
      'x.yaml:11:13: There is no hop _get_imag. Did you mean _get_image?',
    ]);
  });

  it.each([
    ['an empty file', '', 'x.yaml:1:1: The file is empty'],
    ['a list', '- 1\n', 'x.yaml:1:1: A scenario is a map'],
    ['an open bracket', 'a: [1,\nb: 2\n', 'x.yaml:2:1: The indentation does not fit'],
    ['a tab', 'a:\n\tb: 1\n', 'x.yaml:2:1: A tab indents this line'],
    ['a duplicate key', `${stringify(RIGHT)}title: again\n`, 'This key stands here a second time'],
    ['an anchor', 'a: &here 1\n', 'x.yaml:1:10: A scenario has no anchors: take away &here.'],
    ['an alias', 'a: 1\nb: *here\n', 'x.yaml:2:4: A scenario has no aliases: write out what *here stands for.'],
    ['a cyclic reference', 'a: &a\n  - *a\n', 'x.yaml:2:5: *a stands inside &a, so it would never end'],
    ['a merge key', '<<: { a: 1 }\n', 'x.yaml:1:1: A scenario has no merge keys'],
    ['a tag', 'a: !js 1\n', 'x.yaml:1:4: A scenario has no tags'],
    ['a key that is a map', '? { a: 1 }\n: 2\n', 'x.yaml:1:3: A key is one word here'],
    ['two documents', `${stringify(RIGHT)}---\na: 1\n`, 'A second document starts here: one file holds one scenario.'],
    ['brackets without end', '['.repeat(100_000), 'x.yaml:1:51: This is nested deeper than 50 levels'],
    ['more than 1 MiB', 'x'.repeat(1024 ** 2 + 1), 'x.yaml:1:1: The file has 1048577 bytes'],
    ['an empty then', stringify(RIGHT).replace(/then:[^]*/, 'then:\n'), 'then is empty: give a list.'],
  ])('refuses %s', (_what, text, message) => {
    expect(problems(text).join('\n')).toContain(message);
  });

  it('names the line that is not UTF-8', () => {
    expect(problems(Buffer.from([0x61, 0x0a, 0xc3, 0x28]))).toEqual([
      'x.yaml:2:1: This line is not UTF-8: save the file as UTF-8.',
    ]);
  });

  it.each([
    ['no assertion', { then: [] }, 'Say at least one thing that must hold.'],
    ['too large a matrix', { matrix: { a: Array(11).fill(1), b: Array(11).fill(1) } }, 'This matrix has more than 100 cases'],
    ['a name that is taken', { matrix: { web: [1] } }, '${web} stands for something else already'],
    ['two steps of one name', { when: [{ wait: '1 s', as: 'a' }, { wait: '1 s', as: 'a' }] }, 'Several steps are called a'],
    ['a step that does two things', { when: [{ wait: '1 s', restart: 'lab' }] }, 'this one has wait and restart.'],
    ['an unknown flavor', { when: [{ boot: { image: 'cirros', flavor: 'm1.nan' } }] }, 'There is no flavor m1.nan. Did you mean m1.nano?'],
    ['an unknown service', { when: [{ restart: 'glance' }] }, 'There is no service glance.'],
    ['a server of a later step', { when: [{ delete: { server: 'boot' } }, RIGHT.when[0]] }, 'There is no step before this one called boot.'],
    ['an unknown placeholder', { when: [{ boot: { image: 'cirros', name: '${wbe}' } }] }, '${wbe} stands for nothing. Did you mean web?'],
    ['an unknown section', { given: { config: { nova: { quotas: { ram: 1 } } } } }, 'There is no section [quotas] in nova.conf. Did you mean quota?'],
    ['an unknown option', { given: { config: { nova: { quota: { cors: 1 } } } } }, 'There is no option cors in [quota]. Did you mean cores?'],
    ['a wrong value', { given: { config: { nova: { quota: { ram: 'many' } } } } }, 'ram is not a whole number; it takes whole number from -1 on.'],
    ['an unknown rule', { given: { policy: { get_imag: '!' } } }, 'There is no rule get_imag in policy.json. Did you mean get_image?'],
    ['a rule that ends early', { given: { policy: { get_image: 'role:admin and' } } }, 'This rule is wrong: a check is missing at the end.'],
    ['a rule with a slip', { given: { policy: { get_image: 'rle:admin' } } }, 'There is no check rle:. Write role:admin or rule:admin.'],
    ['a rule of a rule that is not there', { given: { policy: { get_image: 'rule:nobody' } } }, 'There is no rule nobody that rule:nobody could stand for.'],
    ['a property that is no pattern', { given: { property_protections: { '[x': { create: '@', read: '@', update: '@', delete: '@' } } } }, 'Invalid regular expression'],
    ['an option that the run chooses', { given: { config: { nova: { DEFAULT: { transport_url: 'rabbit://x' } } } } }, 'The run chooses transport_url itself: say transport: rabbitmq in given.'],
    ['a time without its unit', { then: [{ duration: { of: 'API._get_image', at_most: 2000 } }] }, 'Write it with its unit, as 200 ms or 1.5 s or 1 min.'],
    ['a status in small letters', { then: [{ server: { status: 'active' } }] }, 'There is no server status active. Did you mean ACTIVE?'],
    ['an exception by more than its name', { faults: [{ at: 'Controller._get_from_store', error: 'NotFoundException' }] }, 'Did you mean NotFound?'],
    ['a file outside', { given: { images: { cirros: { file: '/etc/passwd' } } } }, "/etc/passwd lies outside the scenario's folder"],
    ['a file that is not there', { given: { images: { cirros: { file: 'nothing.img' } } } }, 'Cannot read nothing.img (ENOENT)'],
    ['two sources', { given: { images: { cirros: { size: 1, location: 'http://x/' } } } }, 'this one has size and location'],
    ['an active image without bytes', { given: { images: { cirros: {} } } }, 'An image that is active has content'],
    ['a qcow2 without room', { given: { images: { cirros: { size: 8191, header: 'qcow2' } } } }, 'give 8 KiB or more.'],
    ['a VMDK without room', { given: { images: { cirros: { size: '127 KiB', header: 'vmdk' } } } }, 'give 128 KiB or more.'],
    ['an ISO without room', { when: [{ create_image: { size: '37 KiB', header: 'iso' } }] }, 'give 38 KiB or more.'],
    ['a file on the HTTP server', { given: { images: { cirros: { file: 'x.yaml', store: 'http' } } } }, 'give size instead of file'],
    ['a hop without a name of its own', { then: [{ absent: 'Controller.show' }] }, '2 hops are called Controller.show: write'],
    ['an exception that the hop cannot raise', { faults: [{ at: 'Controller._get_from_store', error: 'NotFoun' }] }, '_get_from_store cannot raise NotFoun. Did you mean NotFound?'],
    ['truncation without bytes', { faults: [{ at: 'API._get_image', truncate: 1 }] }, 'gives no bytes, so there is nothing to truncate'],
    ['a drop without a cast', { faults: [{ at: 'API._get_image', drop: true }] }, 'casts no message to drop'],
    ['a service without the hop', { faults: [{ at: 'API._get_image', on: 'conductor', hang: true }] }, 'is not in conductor; it is in compute-api.'],
    ['a fault for no step', { faults: [{ at: 'API._get_image', hang: true, steps: ['boat'] }] }, 'There is no step boat. Did you mean boot?'],
    ['a wrong expression', { then: [{ http: { message: '/(/' } }] }, 'Correct it, or leave out the slashes'],
    ['an edge with one end', { then: [{ service_edges: { include: ['compute-api'] } }] }, 'Write it as FROM > TO'],
    ['an edge from nowhere', { then: [{ service_edges: { exactly: ['nova > glance-api'] } }] }, 'There is no service nova.'],
    ['a length that cannot be', { then: [{ duration: { of: 'API._get_image', at_least: '2 s', at_most: '1 s' } }] }, 'at_least is more than at_most'],
    ['a count that cannot be', { then: [{ count: { of: 'API._get_image', is: { min: 2, max: 1 } } }] }, 'min is more than max'],
    ['an unknown server status', { then: [{ server: { status: 'ACTIV' } }] }, 'There is no server status ACTIV. Did you mean ACTIVE?'],
    ['an unknown image status', { then: [{ image: { of: 'cirros', status: 'actve' } }] }, 'There is no image status actve. Did you mean active?'],
    ['an unknown status to wait for', { when: [RIGHT.when[0], { wait: { server: 'boot', status: 'ERORR' } }] }, 'Did you mean ERROR?'],
    ['an unknown disk format', { given: { images: { cirros: { size: 1, disk_format: 'qcow3' } } } }, 'There is no disk format qcow3. Did you mean qcow2?'],
    ['an unknown container format', { given: { images: { cirros: { size: 1, container_format: 'bear' } } } }, 'There is no container format bear. Did you mean bare?'],
    ['an unknown host', { given: { ...RIGHT.given, hosts: { count: 2 } }, faults: [{ at: 'API._get_image', hang: true, on: { host: 'compute9' } }] }, 'There is no host compute9.'],
    ['a cut without a broker', { when: [{ cut: { connection: 'broker', for: '1 s' } }] }, 'There is no broker to cut off'],
    ['a cut without a database server', { when: [{ cut: { connection: 'database', for: '1 s' } }] }, 'There is no database server to cut off'],
    ['a server without a boot', { when: [{ list_images: {} }], then: [{ server: { status: 'ACTIVE' } }] }, 'There is no step that is a boot'],
    ['a list of a step that lists nothing', { when: [{ list_images: {}, as: 'l' }, { wait: '1 s', as: 'w' }], then: [{ listed: { of: 'w', names: [] } }] }, 'Step w is not a list of images: name l.'],
    ['an answer of a step without a request', { when: [...RIGHT.when, { wait: '1 s', as: 'w' }], then: [{ http: { of: 'w', status: 200 } }] }, 'Step w is not a request, so that it has an answer: name boot.'],
    ['an answer where nobody asks', { when: [{ wait: '1 s' }], then: [{ http: { status: 200 } }] }, 'There is no step that is a request, so that it has an answer'],
    ['the trace of a step without one', { when: [...RIGHT.when, { restart: 'conductor', as: 'r' }], then: [{ of: 'r', shape: true }] }, 'Step r is not a request, so that it leaves a trace'],
    ['a trace where no step leaves one', { when: [{ wait: '1 s' }], then: [{ complete: true }] }, 'There is no step that is a request, so that it leaves a trace'],
    ['an image that a later step makes', { when: [{ boot: { image: 'c' } }, { create_image: { size: 1 }, as: 'c' }] }, 'Image c is not there yet'],
    ['an id of a step beside', { when: [{ parallel: [RIGHT.when[0], { http: { service: 'compute-api', path: '/${steps.boot.id}' } }] }] }, '${steps.boot.id} stands for nothing here: it is not there yet'],
    ['an id of a step that makes nothing', { when: [{ wait: '1 s' }, { boot: { image: 'cirros', name: '${steps.wait.id}' } }] }, 'step wait makes no server and no image'],
    ['an id in what is given', { given: { images: { cirros: { size: 1, owner: '${steps.boot.id}' } } } }, 'what is given is prepared before it is there'],
    ['a server of no boot', { when: [{ list_images: {}, as: 'l' }, { delete: { server: 'l' } }] }, 'Step l is not a boot, so it has no server.'],
    ['a server of a step beside', { when: [{ parallel: [RIGHT.when[0], { wait: { server: 'boot', status: 'ACTIVE' } }] }] }, 'There is no step before this one called boot.'],
    ['an address of no HTTP server', { given: { images: { cirros: { location: '${web}/x' } } } }, 'the scenario has no HTTP server'],
    ['a path that is not served', { given: { web: { '/disk.img': { size: 1 } }, images: { cirros: { location: '${web}/dsk.img' } } } }, 'given.web has nothing at /dsk.img. Did you mean /disk.img?'],
    ['bytes that nobody knows', { given: { images: { cirros: { status: 'queued' } } }, then: [{ bytes_equal: { image: 'cirros' } }] }, 'The lab does not know the bytes of cirros'],
    ['damage behind the end', { given: { images: { cirros: { size: 4, stored: { corrupt: 4 } } } } }, 'The image has 4 bytes: give less here.'],
    ['a fault on the step that sends nothing', { when: [...RIGHT.when, { wait: '1 s', as: 'w' }], faults: [{ at: 'API._get_image', hang: true, steps: ['w'] }] }, 'Step w sends no request'],
    ['a host by name where there is one', { faults: [{ at: 'API._get_image', hang: true, on: { host: 'compute1' } }] }, 'There is one compute host'],
    ['a span in a service without the hop', { then: [{ absent: { hop: 'API._get_image', service: 'conductor' } }] }, 'is not in conductor; it is in compute-api.'],
    ['a span of an unknown service', { then: [{ order: ['API._get_image', { span: 'GET', service: 'glance' }] }] }, 'There is no service glance. Did you mean glance-api?'],
    ['an exception with a slip', { then: [{ present: { hop: 'API._get_image', error: 'ImageNotFond' } }] }, 'There is no exception ImageNotFond. Did you mean ImageNotFound?'],
    ['a span that cannot be', { then: [{ present: { hop: 'API._get_image', failed: false, decision: 'failed' } }] }, 'No span can both fail and not fail'],
    ['a fault of a good server', { then: [{ server: { status: 'ACTIVE', fault: { code: 500 } } }] }, 'A server that is ACTIVE tells no fault'],
    ['an unknown task state', { then: [{ server: { task_state: 'spawnin' } }] }, 'There is no task state spawnin. Did you mean spawning?'],
    ['a status that HTTP has not', { then: [{ http: { status: 2000 } }] }, 'This must be at most 599.'],
    ['a header with a space', { when: [{ http: { service: 'registry', path: '/', headers: { 'a b': 'c' } } }] }, 'A header has letters'],
    ['a list of edges that says nothing', { then: [{ service_edges: { include: [] } }] }, 'Say what service_edges must have'],
    ['an assertion that says nothing', { then: [{ server: {} }] }, 'Say what server must have'],
  ] as [string, object, string][])('refuses %s', (_what, changes, message) => {
    expect(problemsWith(changes).join('\n')).toContain(message);
  }); // prettier-ignore

  describe('with files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bootlab-scenario-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('takes an image file that lies beside the scenario', () => {
      writeFileSync(join(folder, 'disk.img'), 'bytes');
      const text = stringify({ ...RIGHT, given: { images: { cirros: { file: 'disk.img' } } } });
      expect(loadScenario(join(folder, 'x.yaml'), text).problems).toEqual([]);
    });

    it('refuses a file of 10 MB before it is read', () => {
      const file = join(folder, 'large.yaml');
      writeFileSync(file, '');
      truncateSync(file, 10_000_000);
      expect(loadScenario(file).problems).toMatchObject([{ file, line: 1, col: 1 }]);
      expect(loadScenario(file).problems[0]!.message).toContain('The file has 10000000 bytes');
    });

    it('says that a file is not there, or is a folder', () => {
      expect(loadScenario(join(folder, 'none.yaml')).problems[0]!.message).toContain('ENOENT');
      expect(loadScenario(folder).problems[0]!.message).toBe('This is not a file: name a YAML file.');
    });
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(loadScenario('x.yaml', Buffer.from(bytes)).problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever stands in a block, and gives places inside the file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(RIGHT), 'faults', 'matrix', 'learn'),
        fc.jsonValue({ maxDepth: 4 }),
        (key, value) => {
          const text = stringify({ ...RIGHT, [key]: value });
          const lines = text.split('\n').length;
          for (const { line, col, message } of loadScenario('x.yaml', text).problems) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(lines);
            expect(col).toBeGreaterThan(0);
            expect(message).toMatch(/[.?]$/);
          }
        },
      ),
      { numRuns: 500 },
    );
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
