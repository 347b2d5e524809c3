import { Heartbeat } from './heartbeat';

describe('Heartbeat', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    process.env['BOOTLAB_NOVA__DEFAULT__REPORT_INTERVAL'] = '7';
  });
  afterEach(() => {
    jest.useRealTimers();
    delete process.env['BOOTLAB_NOVA__DEFAULT__REPORT_INTERVAL'];
  });

  it('reports once an interval until it is stopped', async () => {
    let reports = 0;
    const heartbeat = new Heartbeat({ report: async () => ++reports, warn: () => undefined });
    heartbeat.start();
    await jest.advanceTimersByTimeAsync(21_500);
    heartbeat.stop();
    await jest.advanceTimersByTimeAsync(70_000);
    expect(reports).toBe(3);
  });

  it('tells once that reports fail, and once that they get through again', async () => {
    const told: string[] = [];
    let away = true;
    const report = async () => {
      if (away) throw new Error('nobody listens there');
    };
    const heartbeat = new Heartbeat({ report, warn: (message) => told.push(message) });
    heartbeat.start();
    await jest.advanceTimersByTimeAsync(15_000);
    expect(told).toEqual([expect.stringContaining('nobody listens there')]);
    away = false;
    await jest.advanceTimersByTimeAsync(15_000);
    heartbeat.stop();
    expect(told).toEqual([told[0], expect.stringContaining('again')]);
  });
});
