import { forwardTarget } from './forward-target';

const TO = 'BOOTLAB_LAB__LAB__FORWARD_TO';
const PORT = 'BOOTLAB_LAB__LAB__PORT';

describe('forwardTarget', () => {
  const before = { [TO]: process.env[TO], [PORT]: process.env[PORT] };
  afterAll(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const targetOf = (to: string) => {
    process.env[TO] = to;
    process.env[PORT] = '8080';
    return forwardTarget();
  };

  it('is an address, or nothing', () => {
    expect(targetOf('')).toBe('');
    expect(targetOf('http://127.0.0.1:4318')).toBe('http://127.0.0.1:4318');
  });

  it('is neither another word nor the trace store itself', () => {
    expect(() => targetOf('jaeger:4318')).toThrow('it takes an address such as http://127.0.0.1:4318.');
    expect(() => targetOf('http://127.0.0.1:8080/')).toThrow('the trace store itself; name another receiver.');
  });
});
