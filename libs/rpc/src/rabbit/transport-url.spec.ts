import { parseRabbitUrl } from './transport-url';

describe('parseRabbitUrl', () => {
  it('reads user, password, host, port and virtual host, percent signs and all', () => {
    expect(parseRabbitUrl('rabbit://us%40er:p%3Aa%2Fss@broker:5673/my%2Fcloud')).toEqual({
      servers: [
        { protocol: 'amqp', vhost: 'my/cloud', hostname: 'broker', port: 5673, username: 'us@er', password: 'p:a/ss' },
      ],
      shown: 'rabbit://broker:5673/my%2Fcloud',
    });
  });

  it.each(['rabbit://broker', 'rabbit://broker/', 'rabbit://broker//'])('fills in what %s leaves out', (url) => {
    expect(parseRabbitUrl(url).servers).toEqual([
      { protocol: 'amqp', vhost: '/', hostname: 'broker', port: 5672, username: 'guest', password: 'guest' },
    ]);
  });

  it('reads several brokers, each with its own user', () => {
    const { servers, shown } = parseRabbitUrl('rabbit://a:b@one:1,c:d@[::1]:2,three/v');
    expect(servers.map(({ hostname, port, username }) => [hostname, port, username])).toEqual([
      ['one', 1, 'a'],
      ['::1', 2, 'c'],
      ['three', 5672, 'guest'],
    ]);
    expect(shown).toBe('rabbit://one:1,[::1]:2,three:5672/v');
  });

  it.each([
    'rabbit://',
    'rabbit://u:geheim@/',
    'rabbit://u:geheim@h:99999/',
    'rabbit://u:%geheim@h/',
    'rabbit://u:geheim@h:x/',
  ])('refuses %s with the form it takes, and without the password', (url) => {
    expect(() => parseRabbitUrl(url)).toThrow(/rabbit:\/\/USER:PASSWORD@HOST:PORT\/VHOST/);
    expect(() => parseRabbitUrl(url)).not.toThrow(/geheim/);
  });
});
