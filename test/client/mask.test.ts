import { maskAddress, maskName, maskPhone, maskRecipient } from '../../client/mask';
import { maskExchange } from '../../client/mask-exchange';
import { maskRaw } from '../../client/mask-raw';

describe('personal data as people see it', () => {
  it.each([
    ['김하늘', '김*늘'],
    ['김솔', '김*'],
    ['남궁민수', '남**수'],
    ['Ana Lee', 'A*****e'],
    ['솔', '*'],
    ['', ''],
    ['𠮷野家', '𠮷*家'],
  ])('masks the name %s as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['010-1234-5678', '***-****-5678'],
    ['0505 0684 7037', '***-****-7037'],
    ['+82 10 1234 5678', '***-****-5678'],
    ['1234', '****'],
    ['', '****'],
  ])('keeps the last four digits of %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['서울특별시 강남구 테헤란로 1, 101동 202호', '서울특별시 강남구 ***'],
    ['세종특별자치시 한누리대로', '***'],
    ['어딘가', '***'],
  ])('cuts the address %s after its second part', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('leaves nothing of a recipient by which somebody could be told', () => {
    const person = {
      name: '김하늘',
      phone: '010-1234-5678',
      phone2: null,
      postcode: '06236',
      address: '서울특별시 강남구 테헤란로 1',
      deliveryMessage: '공동현관 1234#',
    };
    const text = JSON.stringify(maskRecipient(person));
    for (const secret of ['하', '1234', '06236', '테헤란', '공동현관']) expect(text).not.toContain(secret);
  });
});

describe('a raw record as people see it', () => {
  const secrets = ['김하늘', '1234-5678', '12345678', '테헤란로', '공동현관'];
  const hidden = (text: string) => secrets.filter((secret) => maskRaw(text).includes(secret));

  it('masks the fields of a person and shows the others', () => {
    const text =
      '<DATA><RECEIVE_NAME><![CDATA[김하늘]]></RECEIVE_NAME><RECEIVE_ADDR>테헤란로 1</RECEIVE_ADDR>' +
      '<PRODUCT_NAME><![CDATA[들기름 김]]></PRODUCT_NAME><SALE_CNT>1e9</SALE_CNT></DATA>';
    expect(hidden(text)).toEqual([]);
    expect(maskRaw(text)).toContain(
      '<PRODUCT_NAME><![CDATA[들기름 김]]></PRODUCT_NAME><SALE_CNT>1e9</SALE_CNT>',
    );
  });

  it('masks a telephone number wherever it stands', () => {
    expect(hidden('<DATA><SKU_VALUE>문의 010-1234-5678</SKU_VALUE></DATA>')).toEqual([]);
  });

  it.each([
    '<RECEIVE_NAME><![CDATA[김하늘',
    '<RECEIVE_NAME><b>김하늘</b></RECEIVE_NAME>',
    '<RECEIVE_NAME>김하늘</RECEIVE_TEL>',
    '김하늘 01012345678 테헤란로',
    '<X a="김하늘">1</X>',
    '<!DOCTYPE x [<!ENTITY a "김하늘">]><x>&a;</x>',
    '<PRODUCT_NAME><RECEIVE_NAME>김하늘</PRODUCT_NAME>',
  ])('shows nothing of what is broken: %s', (text) => {
    expect(hidden(text)).toEqual([]);
  });

  it('masks JSON by its fields, all the way down', () => {
    const order = {
      orderId: 29_000_012,
      receiver: { a: '김하늘', b: ['테헤란로 1'], n: 12_345_678 },
      parcelMessage: '공동현관 1#',
      productName: '들기름 김',
    };
    const text = JSON.stringify(order);
    expect(hidden(text)).toEqual([]);
    expect(JSON.parse(maskRaw(text))).toMatchObject({ orderId: 29_000_012, productName: '들기름 김' });
  });

  it('does not come to a halt over what never ends', () => {
    const began = Date.now();
    maskRaw('<a><![CDATA['.repeat(5_000));
    maskRaw('<'.repeat(65_000));
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});

describe('what was said to a WMS', () => {
  const personal = ['김하늘', '010-1234-5678', '서울특별시 강남구 언덕길 7'];

  it('shows codes, items and outcomes, and nobody, whatever the WMS calls a field', () => {
    const body = {
      ordNo: 'BOABC',
      rcvr: '김하늘',
      where: '서울특별시 강남구',
      note: '010-1234-5678 로',
      sku: 'TEA-01',
    };
    const masked = maskExchange(`POST http://wms/orders\n\n${JSON.stringify(body)}`, personal);
    expect(masked).toContain('POST http://wms/orders');
    expect(masked).toContain('BOABC');
    expect(masked).toContain('TEA-01');
    for (const piece of ['하늘', '강남구', '1234-5678']) expect(masked).not.toContain(piece);
  });

  it('shows a code that was looked up, and nothing of a text that is no document', () => {
    expect(maskExchange('BOABC', personal)).toBe('BOABC');
    expect(maskExchange('<b>김하늘</b>', personal)).not.toContain('김하늘');
    expect(maskExchange('502 for 김하늘', personal)).toBe('*** *** ***');
  });
});
