import type { Recipient } from '../../domain/order';
import { isSameReceiver, nearReceiver } from '../../domain/packing';
import { receiverMarks } from '../../domain/receiver-marks';

const KIM: Recipient = {
  name: '김하늘',
  phone: '010-1234-5678',
  phone2: null,
  postcode: '06236',
  address: '서울특별시 강남구 테헤란로 152 (역삼동) 101동 1203호',
  deliveryMessage: null,
};
const marks = (given: Partial<Recipient>) => receiverMarks('key', { ...KIM, ...given });
const same = (given: Partial<Recipient>) => isSameReceiver(marks({}), marks(given));

describe('a receiver', () => {
  it.each([
    ['a blank in the name', { name: '김 하늘' }],
    ['full-width letters and signs', { name: '김하늘　' }],
    ['the province in short', { address: '서울 강남구 테헤란로 152 101동 1203호' }],
    ['the city at half length', { address: '서울시 강남구 테헤란로152, 101동 1203호' }],
    [
      'the building’s name in brackets',
      { address: '서울 강남구 테헤란로 152(역삼동, 강남파이낸스센터) 101-1203' },
    ],
    ['the phone without dashes', { phone: '01012345678' }],
    ['the phone as abroad it is dialled', { phone: '+82 10 1234 5678' }],
    ['the phone as abroad it is dialled, with its zero', { phone: '82-010-1234-5678' }],
    ['a safe number beside the phone', { phone: '0504-1111-2222', phone2: '010-1234-5678' }],
    ['safe numbers only', { phone: '0504-1111-2222' }],
    ['another message for the courier', { deliveryMessage: null }],
  ])('is the same with %s', (_, given) => {
    expect(same(given)).toBe(true);
  });

  it.each([
    ['name', { name: '김하늬' }],
    ['flat', { address: KIM.address.replace('1203', '1204') }],
    ['number of the house, though the digits are the same', { address: KIM.address.replace('152', '15-2') }],
    [
      'flat, though the digits run together the same',
      { address: KIM.address.replace('101동 1203호', '1011동 203호') },
    ],
    ['ward of which the number is a part', { address: KIM.address.replace('(역삼동)', '(역삼2동)') }],
    ['postcode', { postcode: '06237' }],
    ['phone', { phone: '010-1234-5679' }],
    ['second phone', { phone2: '02-555-0000' }],
  ])('is another one with another %s', (_, given) => {
    expect(same(given)).toBe(false);
  });

  it('is told by the key: without it, its marks say nothing', () => {
    expect(receiverMarks('key', KIM)).not.toEqual(receiverMarks('other', KIM));
    expect(JSON.stringify(marks({}))).not.toMatch(/김|5678/u);
  });
});

describe('two receivers that are nearly the same', () => {
  const near = (given: object, to: object = {}) => nearReceiver({ ...KIM, ...to }, { ...KIM, ...given });

  it.each([
    ['phone', { phone: '010-9999-0000' }, 'phones', '01012345678', '01099990000'],
    ['flat', { address: KIM.address.replace('1203', '1204') }, 'address', '1203', '1204'],
    ['word that one leaves out', { address: `${KIM.address} 경비실` }, 'address', '', '경비실'],
    ['name at the same phone', { name: '김하늘맘' }, 'name', '김하늘', '김하늘맘'],
  ])('are shown with their %s', (_, given, differs, here, there) => {
    expect(near(given)).toEqual({ differs, here, there });
  });

  it.each([
    ['who are the same', { name: '김 하늘' }],
    ['who differ in two things', { name: '박바다', phone: '010-9999-0000' }],
    ['whose addresses have little in common', { address: '부산 해운대구 센텀로 9', postcode: '48058' }],
    ['who are others in one house, with safe numbers only', { name: '박바다', phone: '0504-1' }],
  ])('are not those %s', (_, given) => {
    expect(near(given)).toBeUndefined();
  });
});
