import { parseConnectionUrl } from './connection-url';

describe('parseConnectionUrl', () => {
  it.each([
    ['sqlite:////var/lib/nova.sqlite', '/var/lib/nova.sqlite'],
    ['sqlite:///nova.sqlite', '/base/nova.sqlite'],
    ['sqlite:///state/nova.sqlite', '/base/state/nova.sqlite'],
    ['SQLite:////a b/ü.sqlite', '/a b/ü.sqlite'],
    ['sqlite://', ':memory:'],
    ['sqlite:///:memory:', ':memory:'],
  ])('reads %s as %s', (url, file) => {
    expect(parseConnectionUrl(url, '/base')).toEqual({ dialect: 'sqlite', file });
  });

  it('names what is supported when the scheme is unknown, and keeps the password to itself', () => {
    const parse = () => parseConnectionUrl('mysql+pymysql://root:secret@127.0.0.1/nova', '/base');
    expect(parse).toThrow(/^No database dialect serves the scheme "mysql\+pymysql"; supported are sqlite:\/\/\/\//);
    expect(parse).not.toThrow(/secret/);
  });

  it.each(['nova.sqlite', '', 'sqlite:/nova.sqlite'])('refuses %j', (url) => {
    expect(() => parseConnectionUrl(url, '/base')).toThrow(/is not a database URL; supported are sqlite:/);
  });

  it('refuses a host', () => {
    expect(() => parseConnectionUrl('sqlite://server/nova.sqlite', '/base')).toThrow(/names a host/);
  });
});
