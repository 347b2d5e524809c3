import { isUp } from './is-up';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const service = { forced_down: false, last_seen_up: ago(5), created_at: ago(1000) };

describe('isUp', () => {
  it('counts from the last report, or from the start where there was none yet', () => {
    expect(isUp(service, 60)).toBe(true);
    expect(isUp(service, 4)).toBe(false);
    expect(isUp({ ...service, last_seen_up: null }, 60)).toBe(false);
    expect(isUp({ ...service, last_seen_up: null, created_at: ago(1) }, 60)).toBe(true);
  });

  it('does not trust a clock that is far ahead', () => {
    expect(isUp({ ...service, last_seen_up: ago(-100) }, 60)).toBe(false);
  });

  it('believes whoever says that the host is down', () => {
    expect(isUp({ ...service, forced_down: true }, 60)).toBe(false);
  });
});
