import { isSigned } from '../../activities/wms/standard-webhooks';

/** The reference vector of the standard. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const given = (headers: Record<string, string> = {}, body = '{"test": 2432232314}') => ({
  headers: {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': SIGNATURE,
    ...headers,
  },
  query: new URLSearchParams(),
  body: Buffer.from(body),
});

describe('a webhook signed by the standard', () => {
  it('is known by its signature, also beside one of another secret', () => {
    expect(isSigned(given(), SECRET)).toBe(true);
    expect(isSigned(given({ 'webhook-signature': `v1,AAAA ${SIGNATURE}` }), SECRET)).toBe(true);
  });

  it.each([
    ['body', given({}, '{"test":2432232314}')],
    ['id', given({ 'webhook-id': 'msg_other' })],
    ['time', given({ 'webhook-timestamp': '1614265331' })],
    ['signature', given({ 'webhook-signature': '' })],
  ])('is not, with another %s', (_, request) => {
    expect(isSigned(request, SECRET)).toBe(false);
  });
});
