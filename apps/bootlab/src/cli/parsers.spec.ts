import { InvalidArgumentError } from 'commander';
import { isUuid, natural, positive, property, seconds, traceId } from './parsers';

describe('parsers', () => {
  it('take whole numbers within bounds', () => {
    expect(positive('3')).toBe(3);
    expect(natural('0')).toBe(0);
    for (const text of ['0', '-1', '1.5', '', ' ', 'many', '1e999']) {
      expect(() => positive(text)).toThrow(InvalidArgumentError);
    }
    expect(() => natural('-1')).toThrow('Give a whole number from 0 on.');
  });

  it('take seconds with fractions', () => {
    expect(seconds('0.5')).toBe(0.5);
    for (const text of ['0', '-1', 'Infinity', '']) expect(() => seconds(text)).toThrow(InvalidArgumentError);
  });

  it('collect properties; a value may have an equals sign or be empty', () => {
    expect(property('a=1')).toEqual({ a: '1' });
    expect(property('b=x=y', { a: '1' })).toEqual({ a: '1', b: 'x=y' });
    expect(property('c=')).toEqual({ c: '' });
    for (const text of ['a', '=1', '']) expect(() => property(text)).toThrow('Write it as key=value.');
  });

  it('take trace ids of 64 and 128 bits in any case', () => {
    expect(traceId('4BF92F3577B34DA6A3CE929D0E0E4736')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(traceId('a3ce929d0e0e4736')).toBe('a3ce929d0e0e4736');
    expect(() => traceId('4bf9')).toThrow('`bootlab trace list`');
  });

  it('know a UUID from a name', () => {
    expect(isUuid('70a599e0-31e7-49b7-b260-868f441e862b')).toBe(true);
    expect(isUuid('demo')).toBe(false);
    expect(isUuid('70a599e031e749b7b260868f441e862b')).toBe(false);
  });
});
