import { NamedLocks } from './lockutils';

describe('NamedLocks', () => {
  it('lets one at a time work under a name, in the order of asking, and forgets names nobody uses', async () => {
    const locks = new NamedLocks();
    const order: string[] = [];
    let leave: () => void = () => undefined;
    const first = locks.synchronized('a', async () => {
      await new Promise<void>((resolve) => (leave = resolve));
      order.push('first');
    });
    const second = locks.synchronized('a', async () => void order.push('second'));
    await locks.synchronized('b', async () => void order.push('elsewhere'));
    expect(locks.size).toBe(1);
    leave();
    await Promise.all([first, second]);
    expect(order).toEqual(['elsewhere', 'first', 'second']);
    expect(locks.size).toBe(0);
  });

  it('goes on after a failure', async () => {
    const locks = new NamedLocks();
    await expect(locks.synchronized('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await locks.synchronized('a', async () => 'well')).toBe('well');
  });
});
