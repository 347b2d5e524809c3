import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { core } from '@opentelemetry/sdk-node';
import { encodeFaultPlan, Fault, FaultPlan, FaultPlanTooLarge, withFaultPlan, withoutFaultPlan } from '.';
import { decodeFaultPlan } from './decode';

const propagator = new core.W3CBaggagePropagator();
const hop = 'nova.conductor.manager.ComputeTaskManager.schedule_and_build_instances';

/** What arrives on the other side of an HTTP request. */
function overTheWire(plan: FaultPlan): FaultPlan | undefined {
  const headers: Record<string, string> = {};
  propagator.inject(withFaultPlan(ROOT_CONTEXT, plan), headers, { set: (to, key, value) => (to[key] = value) });
  const arrived = propagator.extract(ROOT_CONTEXT, headers, { get: (from, key) => from[key], keys: Object.keys });
  return decodeFaultPlan(propagation.getBaggage(arrived)!);
}

function delays(count: number, rest: Partial<Fault> = {}): FaultPlan {
  return { id: 'p', seed: 0, faults: Array.from({ length: count }, () => ({ hop, kind: 'delay', ms: 1, ...rest })) };
}

describe('a plan in the baggage', () => {
  it('arrives as it was sent, whatever its texts are', () => {
    const plan: FaultPlan = {
      id: 'a b,c;d=e&f%20',
      seed: 4294967295,
      deadlineUnixMs: 1790000000000,
      faults: [
        { hop, kind: 'error', exception: 'nova.exception.NoValidHost', message: 'Ünmöglich, "so"; 100 % & more=less' },
        {
          hop,
          service: 'conductor',
          host: 'node1',
          kind: 'delay',
          ms: 1.5,
          jitterMs: 0.5,
          times: 1,
          after: 2,
          every: 3,
        },
        { hop, kind: 'hang', forMs: 10, probability: 0.25 },
      ],
    };
    expect(overTheWire(plan)).toEqual(plan);
  });

  it('holds fifty faults', () => {
    expect(overTheWire(delays(50))?.faults).toHaveLength(50);
  });

  it('says how many bytes too large it is', () => {
    expect(() => encodeFaultPlan(delays(100))).toThrow(/The plan takes \d{5} bytes of baggage, but 8192 fit/);
    expect(() => encodeFaultPlan(delays(1, { message: 'x'.repeat(5000) }))).toThrow(FaultPlanTooLarge);
  });

  it('counts the baggage that is there already', () => {
    const full = propagation.createBaggage({ big: { value: 'x'.repeat(4000) }, bigger: { value: 'x'.repeat(4000) } });
    expect(() => withFaultPlan(propagation.setBaggage(context.active(), full), delays(2))).toThrow(FaultPlanTooLarge);
  });

  it('takes the place of another plan, and goes without a trace', () => {
    const mine = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ mine: { value: '1' } }));
    const twice = withFaultPlan(withFaultPlan(mine, delays(3)), delays(1));
    expect(decodeFaultPlan(propagation.getBaggage(twice)!)?.faults).toHaveLength(1);
    expect(propagation.getBaggage(withoutFaultPlan(twice))?.getAllEntries()).toEqual([['mine', { value: '1' }]]);
  });
});
