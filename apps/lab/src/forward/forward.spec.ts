import { otlpRequest, spanId } from '../testing/otlp-request';
import { OtlpReceiver } from '../testing/otlp-receiver';
import { startLab } from '../testing/start-lab';
import { ForwardQueue, ForwardStatus } from './forward-queue';
import { Span, spansFromOtlp } from '@bootlab/trace-model';

function spans(from: number, count: number): Span[] {
  const ids = Array.from({ length: count }, (_, index) => from + index);
  return spansFromOtlp(otlpRequest(...ids.map((id) => ({ trace: 1, id }))));
}

describe('forwarding', () => {
  const receiver = new OtlpReceiver();
  let told: string[];
  const queue = (options: { mostWaiting?: number; mostBytes?: number } = {}) =>
    new ForwardQueue(receiver.url, { firstPauseMs: 5, tell: (_, message) => told.push(message), ...options });

  beforeEach(async () => {
    told = [];
    receiver.taken.clear();
    receiver.requests = 0;
    receiver.status = 200;
    await receiver.start();
  });
  afterEach(() => receiver.stop());

  it('passes every span on, once, in batches', async () => {
    const forward = queue();
    forward.add(spans(1, 1200));
    await forward.stop(5_000);
    expect(receiver.taken.size).toBe(1200);
    expect([...receiver.taken.values()].every((times) => times === 1)).toBe(true);
    expect(receiver.requests).toBe(3);
    expect(forward.status).toMatchObject({ forwarded: 1200, waiting: 0, dropped: 0, trouble: undefined });
  });

  it('loses nothing while the receiver is away and comes back', async () => {
    const forward = queue();
    forward.add(spans(1, 100));
    await receiver.until(() => receiver.taken.size === 100);
    await receiver.stop();
    forward.add(spans(101, 700));
    await untilTrouble(forward);
    expect(forward.status.waiting).toBeGreaterThan(0);
    await receiver.start();
    await receiver.until(() => receiver.taken.size === 800);
    await forward.stop(5_000);
    expect(forward.status).toMatchObject({ forwarded: 800, dropped: 0, trouble: undefined });
    expect(told).toEqual([
      expect.stringMatching(/does not take spans \(.+\); they wait for it\.$/),
      `${receiver.url} takes spans again.`,
    ]);
  });

  it('tries again while the receiver says 503', async () => {
    const forward = queue();
    receiver.status = 503;
    forward.add(spans(1, 1));
    await receiver.until(() => receiver.requests === 3);
    expect(forward.status).toMatchObject({ waiting: 1, trouble: 'status 503' });
    receiver.status = 200;
    await receiver.until(() => receiver.taken.size === 1);
    await forward.stop(5_000);
    expect(forward.status).toMatchObject({ forwarded: 1, waiting: 0 });
  });

  it('drops and counts what the receiver refuses, and goes on', async () => {
    const forward = queue();
    receiver.status = 400;
    forward.add(spans(1, 3));
    await forward.stop(5_000);
    expect(forward.status).toMatchObject({ forwarded: 0, waiting: 0, dropped: 3 });
    expect(told).toEqual([`3 spans are not passed on to ${receiver.url}: it answered 400. Dropped so far: 3.`]);
    receiver.status = 200;
    forward.add(spans(4, 2));
    await receiver.until(() => receiver.taken.size === 2);
  });

  it('keeps no more than its bound', async () => {
    await receiver.stop();
    const forward = queue({ mostWaiting: 10 });
    forward.add(spans(1, 25));
    expect(forward.status).toMatchObject({ waiting: 10, dropped: 15 });
    await forward.stop(0);
    expect(forward.status).toMatchObject({ waiting: 0, dropped: 25 });
  });

  it('keeps no more bytes than its bound, and sends large spans in more requests', async () => {
    const large = (from: number, count: number) =>
      spans(from, count).map((span) => ({ ...span, attributes: { text: 'x'.repeat(1_000_000) } }));
    const forward = queue({ mostBytes: 5_100_000 });
    forward.add(large(1, 8));
    expect(forward.status).toMatchObject({ waiting: 5, dropped: 3 });
    await forward.stop(5_000);
    expect(receiver.requests).toBe(3);
    forward.add(large(9, 5));
    await forward.stop(5_000);
    expect(forward.status).toMatchObject({ forwarded: 10, waiting: 0, dropped: 3 });
  });

  it('is what the lab does with what it has stored, when told where to', async () => {
    const lab = await startLab({ forwardTo: receiver.url });
    await lab.send(otlpRequest({ trace: 1, id: 1 }, { trace: 1, id: 2, parent: 1 }));
    await receiver.until(() => receiver.taken.size === 2);
    expect([...receiver.taken.keys()].sort()).toEqual([spanId(1), spanId(2)]);
    const { body } = await lab.get<ForwardStatus>('/lab/v1/forward');
    expect(body).toMatchObject({ to: receiver.url, dropped: 0 });
    await lab.stop();
  });

  it('is off by default', async () => {
    const lab = await startLab();
    expect((await lab.get('/lab/v1/forward')).body).toEqual({});
    await lab.stop();
  });
});

/** Each look lets the event loop turn, so that the next try can fail. */
async function untilTrouble(forward: ForwardQueue): Promise<void> {
  while (forward.status.trouble === undefined) await new Promise((resolve) => setImmediate(resolve));
}
