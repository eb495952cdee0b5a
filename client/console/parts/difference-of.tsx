import { Mark } from '@mantine/core';
import type { NearReceiver } from '../../../domain/packing';
import { dictionary, useWords } from '../words';

const words = dictionary(
  { name: '이름', address: '주소', phones: '전화', nothing: '(없음)' },
  { name: 'Name', address: 'Address', phones: 'Phones', nothing: '(nothing)' },
);

/** The one thing in which two receivers differ. */
export function DifferenceOf({ differs, here, there }: NearReceiver) {
  const t = useWords(words);
  return (
    <>
      {t[differs]} <Mark>{here || t.nothing}</Mark> ↔ <Mark>{there || t.nothing}</Mark>
    </>
  );
}
