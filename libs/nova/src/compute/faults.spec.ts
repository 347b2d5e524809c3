import { messagingException, novaException } from '@bootlab/openstack';
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
    expect(fault).toMatchObject({ code: 500, details: expect.stringContaining('faults.spec') });
  });

  it.each([
    new RangeError('a secret'),
    new messagingException.MessagingTimeout({ method: 'a secret' }),
    new messagingException.RemoteError({ exc_type: 'DBError', value: 'a secret' }),
  ])("tells of $name, which is not nova's own, only the name, and all else in the details", async (error) => {
    const details = expect.stringContaining('a secret');
    expect(await faultOf(error)).toMatchObject({ code: 500, message: error.name, details });
  });

  it('tells another message where one is given', async () => {
    expect((await faultOf(new Error('long story'), 'in short')).message).toBe('in short');
  });

  it('fits into 255 bytes without half a character', () => {
    expect(safeTruncate('a'.repeat(255), 255)).toHaveLength(255);
    expect(safeTruncate('ä'.repeat(200), 255)).toBe('ä'.repeat(127));
  });
});
