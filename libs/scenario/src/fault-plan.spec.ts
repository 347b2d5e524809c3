import { stringify } from 'yaml';
import { faultPlanOf } from './fault-plan';
import { loadScenario } from './load/load-scenario';

const HEAD = { id: 'run', seed: 7, deadlineUnixMs: 1 };

function caseWith(faults: object[]) {
  const when = [{ list_images: {} }, { list_images: {}, as: 'other' }];
  const { cases, problems } = loadScenario('x.yaml', stringify({ name: 'x', title: 't', about: 'a', faults, when, then: [{ errors: [] }] })); // prettier-ignore
  expect(problems).toEqual([]);
  return cases[0]!;
}

describe('faultPlanOf', () => {
  it('is undefined when nothing is to break', () => {
    expect(faultPlanOf(caseWith([]), HEAD)).toBeUndefined();
  });

  it('tells each fault with its full hop, exception and numbers', () => {
    const one = caseWith([
      { at: '_get_from_store', error: { exception: 'NotFound', message: 'gone' }, times: 1 },
      { at: '_get_image', delay: { of: '200 ms', jitter: '50 ms' }, on: 'compute-api' },
      { at: 'integrity_iter', corrupt: '4 KiB' },
    ]);
    const hop = 'glance.api.v1.images.Controller._get_from_store';
    expect(faultPlanOf(one, HEAD)).toEqual({
      ...HEAD,
      faults: [
        { hop, kind: 'error', exception: 'glance_store.exceptions.NotFound', message: 'gone', times: 1 },
        { hop: 'nova.compute.api.API._get_image', kind: 'delay', ms: 200, jitterMs: 50, service: 'compute-api' },
        { hop: 'glanceclient.common.utils.integrity_iter', kind: 'corrupt', bytes: 4096 },
      ],
    });
  });

  it('keeps the place of a fault that the step does not carry', () => {
    const one = caseWith([
      { at: '_get_image', hang: true, steps: ['list_images'] },
      { at: '_get_image', kill: true, steps: ['other'] },
    ]);
    expect(faultPlanOf(one, { ...HEAD, step: 'other' })!.faults).toMatchObject([
      { kind: 'hang', host: '-' },
      { kind: 'kill' },
    ]);
    expect(
      faultPlanOf(caseWith([{ at: '_get_image', hang: true, steps: ['list_images'] }]), { ...HEAD, step: 'other' }),
    ).toBeUndefined();
  });
});
