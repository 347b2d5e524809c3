import { HttpException, messagingException, novaException } from '@bootlab/openstack';
import { NotFoundException } from '@nestjs/common';
import { faultBody, faultOf } from './faults';

function fault(error: unknown, method = 'POST') {
  return faultBody(faultOf(error, method, 'req-1'));
}

describe('faultOf', () => {
  it.each<[number, unknown]>([
    [400, new novaException.ImageNotFound({ image_id: 'i' })],
    [400, new novaException.FlavorNotFound({ flavor_id: 'f' })],
    [400, new novaException.SecurityGroupNotFoundForProject()],
    [400, new novaException.InvalidBDMBootSequence()],
    [400, new messagingException.RemoteError({})],
    [403, new novaException.TooManyInstances()],
    [403, new novaException.PortLimitExceeded()],
    [403, new novaException.PolicyNotAuthorized()],
    [404, new novaException.InstanceNotFound()],
    [409, new novaException.InstanceExists()],
    [500, new novaException.GlanceConnectionFailed()],
    [500, new novaException.InvalidMetadataSize()],
    [500, new messagingException.MessageDeliveryFailure()],
    [418, new HttpException(418, 'tea')],
    [404, new NotFoundException()],
  ])('answers %i to %s', (code, error) => expect(faultOf(error, 'POST', 'req-1').code).toBe(code));

  it('tells a flavor in a body from one in a URL', () => {
    expect(faultOf(new novaException.FlavorNotFound(), 'GET', 'req-1').code).toBe(404);
  });

  it('names a fault by its code', () => {
    expect(fault(new novaException.InstanceNotFound({ instance_id: 'u' }))).toEqual({
      itemNotFound: { code: 404, message: 'Instance u could not be found.' },
    });
    expect(Object.keys(fault(new HttpException(413, 'much')))).toEqual(['overLimit']);
    expect(fault(new HttpException(406, ''))).toEqual({ computeFault: { code: 406, message: 'HTTP 406' } });
  });

  it('keeps what nobody foresaw to itself', () => {
    const { computeFault } = fault(new TypeError('secret is undefined'));
    expect(computeFault).toEqual({ code: 500, message: expect.stringContaining('req-1') });
    expect(computeFault?.message).not.toContain('secret');
  });
});
