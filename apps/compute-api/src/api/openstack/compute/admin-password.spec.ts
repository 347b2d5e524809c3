import { getServerAdminPassword } from './admin-password';

describe('getServerAdminPassword', () => {
  it('keeps the one that was given', () => expect(getServerAdminPassword('mine')).toBe('mine'));

  it('makes one of twelve with every kind of symbol, never the same', () => {
    const made = Array.from({ length: 50 }, () => getServerAdminPassword(undefined));
    expect(new Set(made).size).toBe(50);
    for (const password of made) expect(password).toMatch(/^(?=.*[2-9])(?=.*[A-Z])(?=.*[a-z])[A-Za-z2-9]{12}$/);
  });
});
