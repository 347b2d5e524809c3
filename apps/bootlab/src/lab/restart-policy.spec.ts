import { RestartPolicy } from './restart-policy';

describe('RestartPolicy', () => {
  it('waits longer each time and gives up after five within a minute', () => {
    const policy = new RestartPolicy();
    expect([0, 1, 2, 3, 4, 5].map((second) => policy.next(second * 1000))).toEqual([
      200,
      400,
      800,
      1600,
      3200,
      undefined,
    ]);
    expect(policy.count).toBe(5);
  });

  it('forgets deaths of more than a minute ago', () => {
    const policy = new RestartPolicy();
    for (let second = 0; second < 5; second += 1) policy.next(second * 1000);
    expect(policy.next(61_000)).toBe(1600);
    expect(policy.next(200_000)).toBe(200);
    expect(policy.count).toBe(7);
  });
});
