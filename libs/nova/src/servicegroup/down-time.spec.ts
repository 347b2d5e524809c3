import { serviceDownTime } from './down-time';

describe('serviceDownTime', () => {
  afterEach(() => {
    delete process.env['BOOTLAB_NOVA__DEFAULT__SERVICE_DOWN_TIME'];
  });

  it.each([
    ['60', 60],
    ['11', 11],
    ['10', 25],
    ['1', 25],
  ])('of %s s with a report every 10 s is %i s', (configured, seconds) => {
    process.env['BOOTLAB_NOVA__DEFAULT__SERVICE_DOWN_TIME'] = configured;
    expect(serviceDownTime()).toBe(seconds);
  });
});
