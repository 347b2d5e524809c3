import { makeSpan, Span } from '@bootlab/trace-model';
import { bootSpans } from '../check/testing/boot';
import { changesOf } from './changes';

function saved(id: number, vmState: string, taskState: string): Span {
  return makeSpan(id, 1, {
    name: 'save',
    service: 'conductor',
    attributes: {
      'code.function.name': 'nova.objects.instance.Instance.save',
      'instance.uuid': 'i1',
      'instance.vm_state': vmState,
      'instance.task_state': taskState,
    },
  });
}

describe('changesOf', () => {
  it('tells each state once, when it is written down', () => {
    const spans = [makeSpan(1, undefined, { at: 0 }), saved(2, 'building', 'None'), saved(3, 'building', 'None'), saved(4, 'error', 'None')]; // prettier-ignore
    expect(changesOf(spans)).toEqual([
      { atNano: 2e6, service: 'conductor', where: 'save', what: 'instance i1: building' },
      { atNano: 4e6, service: 'conductor', where: 'save', what: 'instance i1: error' },
    ]);
  });

  it('tells events, but no exceptions', () => {
    const event = (name: string) => ({ name, timeUnixNano: '1795368871032000000', attributes: { event_type: 'image.send', bytes_sent: 4 } }); // prettier-ignore
    const spans = [...bootSpans(), makeSpan(20, 1, { name: 'x', events: [event('exception'), event('notification')] })];
    expect(changesOf(spans).map(({ what }) => what)).toEqual(['fault.fired fault=0', 'notification image.send bytes_sent=4']); // prettier-ignore
  });
});
