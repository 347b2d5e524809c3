import { stringify } from 'yaml';
import { loadScenario } from '../load/load-scenario';
import { describeAssertion } from './assertion';
import { describeFault } from './fault';
import { describeImage, describeStep } from './step';

const BASE = {
  name: 'x',
  title: 'A boot',
  about: 'It boots.',
  given: { images: { cirros: { size: '1 MiB', header: 'qcow2', disk_format: 'qcow2', stored: { truncate: 100 } } } },
  when: [{ boot: { image: 'cirros' }, as: 'first' }],
  then: [{ complete: true }],
};

function load(changes: object) {
  const { cases, problems } = loadScenario('x.yaml', stringify({ ...BASE, ...changes }));
  expect(problems).toEqual([]);
  return cases[0]!.scenario;
}

describe('words', () => {
  it.each([
    [{ wait: '1500 ms' }, 'wait 1500 ms'],
    [{ wait: { server: 'first', status: 'ACTIVE' } }, 'wait until first is ACTIVE'],
    [{ boot: { image: 'cirros', count: 3, until: 'accepted' } }, 'boot 3 × cirros, m1.nano, not waiting for it'],
    [{ boot: { image_name: 'cirros' } }, 'boot the image called cirros, m1.nano'],
    [{ create_image: { size: '2 MiB', header: 'iso' } }, 'create an image, raw/bare of 2 MiB with a header of iso'],
    [{ delete: { image: 'cirros' } }, 'delete image cirros'],
    [{ http: { service: 'glance-api', path: '/v1/images' } }, 'GET /v1/images at glance-api'],
    [{ parallel: [{ restart: 'registry' }, { wait: '1 s' }] }, 'at once: restart registry; wait 1 s'],
  ])('tell the step %j', (step, words) => {
    expect(describeStep(load({ when: [...BASE.when, step] }).when[1]!)).toBe(words);
  });

  it.each([
    [{ at: '_get_from_store', delay: '200 ms', on: 'glance-api', times: 1 }, 'delay of 200 ms at _get_from_store in glance-api, once'],
    [{ at: '_get_from_store', error: 'NotFound', steps: ['first'] }, 'error NotFound at _get_from_store, for first'],
    [{ at: 'integrity_iter', truncate: '64 KiB', after: 2 }, 'bytes end after 64 KiB at integrity_iter, after 2 passages'],
    [{ at: 'API._get_image', hang: true, probability: 0.5 }, 'hang until the deadline at _get_image, with probability 0.5'],
  ])('tell the fault %j', (fault, words) => {
    expect(describeFault(load({ faults: [fault] }).faults[0]!)).toBe(words);
  }); // prettier-ignore

  it.each([
    [{ server: { status: 'ERROR', fault: { code: 500 } } }, 'the server has status ERROR and a fault 500'],
    [{ path: ['API._get_image', 'integrity_iter'], of: 'first' }, 'first: _get_image → integrity_iter'],
    [{ present: { hop: '_get_from_store', error: 'NotFound', decision: 'failed' } }, '_get_from_store failed with NotFound'],
    [{ absent: 'integrity_iter' }, 'nowhere integrity_iter'],
    [{ count: { of: '_get_image', is: { min: 1, max: 2 } } }, '_get_image: at least 1 and at most 2 times'],
    [{ duration: { of: '_get_image', at_most: '2 s' } }, '_get_image takes at most 2 s'],
    [{ errors: [] }, 'no hop failed'],
    [{ errors: ['_get_image'] }, 'exactly these failed: _get_image'],
    [{ complete: false }, 'the trace is not complete'],
    [{ shape: true }, 'the trace is as the reference'],
  ])('tell the assertion %j', (assertion, words) => {
    expect(describeAssertion(load({ then: [assertion] }).then[0]!)).toBe(words);
  }); // prettier-ignore

  it('tell the image', () => {
    expect(describeImage(load({}).given.images!['cirros']!)).toBe(
      'qcow2/bare of 1 MiB with a header of qcow2, its file cut to 100 B',
    );
  });
});
