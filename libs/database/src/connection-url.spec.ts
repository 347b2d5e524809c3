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
    const parse = () => parseConnectionUrl('oracle://root:secret@127.0.0.1/nova', '/base');
    expect(parse).toThrow(/^No database dialect serves the scheme "oracle"; supported are sqlite:\/\/\/\//);
    expect(parse).not.toThrow(/secret/);
  });

  it.each(['nova.sqlite', '', 'sqlite:/nova.sqlite'])('refuses %j', (url) => {
    expect(() => parseConnectionUrl(url, '/base')).toThrow(
      /The database connection is not a URL; supported are sqlite:/,
    );
  });

  it('refuses a host', () => {
    expect(() => parseConnectionUrl('sqlite://server/nova.sqlite', '/base')).toThrow(/names a host/);
  });

  it.each([
    ['mysql://nova:p%40ss@db.example/nova', { dialect: 'mysql', host: 'db.example', port: 3306, password: 'p@ss' }],
    ['mysql+pymysql://nova@[::1]:3307/nova?charset=utf8', { dialect: 'mysql', host: '::1', port: 3307 }],
    ['postgresql://nova@127.0.0.1/nova', { dialect: 'postgresql', port: 5432, password: undefined, user: 'nova' }],
    ['postgresql+psycopg2://nova:x@127.0.0.1:6432/nova', { dialect: 'postgresql', port: 6432, database: 'nova' }],
  ])('reads %s', (url, target) => {
    expect(parseConnectionUrl(url, '/base')).toMatchObject(target);
  });

  it.each([
    ['mysql://nova:hush@/nova', 'cannot be read'],
    ['mysql://nova:hush@host', 'lacks a host, a user or the name'],
    ['postgresql://:hush@host/nova', 'lacks a host, a user or the name'],
    ['mysql://nova:hush%@host/nova', 'a % that begins no escape'],
    ['mysql://nova:hush@host:port/nova', 'cannot be read'],
    ['mysql://nova:hush@host/nova?ssl=hush', 'the parameter ssl'],
    ['mysql:nova:hush@host/nova', 'is not a URL'],
  ])('refuses %s without telling the password', (url, message) => {
    const parse = () => parseConnectionUrl(url, '/base');
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/hush/);
  });
});
