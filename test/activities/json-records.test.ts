import fc from 'fast-check';
import { cutArray, cutValue, parseLossless } from '../../activities/sources/json-records';

const bytes = (text: string) => Buffer.from(text);
const texts = (body: Uint8Array, ...path: string[]) =>
  cutArray(body, path).map((each) => Buffer.from(each).toString());

describe('an answer in JSON', () => {
  it('is cut into its records byte for byte, whatever stands in them', () => {
    const body = bytes(
      '{"code":200, "data" : [ {"a":"]},{\\"한"} ,{"b":[1,{"c":2}]}, 3.50 ],"nextToken":""}',
    );
    expect(texts(body, 'data')).toEqual(['{"a":"]},{\\"한"}', '{"b":[1,{"c":2}]}', '3.50']);
  });

  it('has no records where there is no array', () => {
    for (const text of ['{}', '{"data":null}', '{"data":{}}', '[]', '{"data":[]}', '""'])
      expect(texts(bytes(text), 'data')).toEqual([]);
  });

  it('gives one record byte for byte, where it tells of one', () => {
    const one = cutValue(bytes('{"code":"200","data" : {"id":642538970006401429, "a":[1]} }'), ['data']);
    expect(Buffer.from(one ?? []).toString()).toBe('{"id":642538970006401429, "a":[1]}');
    expect(cutValue(bytes('{"code":"400"}'), ['data'])).toBeUndefined();
  });

  it('gives the same values cut as read whole', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.nat(3), (records, other, indent) => {
        const body = bytes(JSON.stringify({ other, in: { records }, more: records }, null, indent));
        expect(texts(body, 'in', 'records').map((text) => JSON.parse(text))).toEqual(
          JSON.parse(JSON.stringify(records)),
        );
      }),
    );
  });

  it('keeps every digit of a number beyond 2^53, and takes the others as numbers', () => {
    expect(parseLossless(bytes('{"shipmentBoxId":642538970006401429,"n":12,"f":1.5}'))).toEqual({
      shipmentBoxId: '642538970006401429',
      n: 12,
      f: 1.5,
    });
  });

  it.each([bytes(''), bytes('{'), bytes('<html>'), Buffer.from([0x22, 0xb1, 0xff, 0x22])])(
    'is refused as %s',
    (body) => {
      expect(() => parseLossless(body)).toThrow(SyntaxError);
    },
  );
});
