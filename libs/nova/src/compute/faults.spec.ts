import { novaException } from '@bootlab/openstack';
import type { InstanceFault } from '../objects/instance-fault';
import { addInstanceFaultFromExc, safeTruncate } from './faults';

async function faultOf(error: Error, message?: string): Promise<InstanceFault> {
  let written: InstanceFault | undefined;
  await addInstanceFaultFromExc(async (fault) => void (written = fault), 'uuid', 'node1', error, message);
  return written!;
}

describe('a fault', () => {
  it('has the code of a known exception, and no stack then', async () => {
    expect(await faultOf(new novaException.TooManyInstances({ overs: 'cores' }))).toMatchObject({
      instance_uuid: 'uuid',
      host: 'node1',
      code: 403,
      details: null,
    });
  });

  it('has the stack of an unexpected error', async () => {
    const fault = await faultOf(new Error('it broke'));
    expect(fault).toMatchObject({ code: 500, message: 'it broke', details: expect.stringContaining('faults.spec') });
  });

  it('tells another message where one is given, and the name of an error without any', async () => {
    expect((await faultOf(new Error('long story'), 'in short')).message).toBe('in short');
    expect((await faultOf(new TypeError(''))).message).toBe('TypeError');
  });

  it('fits into 255 bytes without half a character', () => {
    expect(safeTruncate('a'.repeat(255), 255)).toHaveLength(255);
    expect(safeTruncate('ä'.repeat(200), 255)).toBe('ä'.repeat(127));
  });
});
