import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { dictionary, useWords } from '../words';

const words = dictionary(
  { search: '주문 찾기', hint: '주문번호, 이름, 초성, 전화 끝 4자리, 송장번호' },
  { search: 'Find orders', hint: 'Order no., name, 초성, last 4 digits, tracking no.' },
);

/** One box for everything an order is known by. */
export function OrderSearch() {
  const t = useWords(words);
  const go = useNavigate();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const query = new URLSearchParams(text.trim() === '' ? {} : { q: text.trim() });
    void go(`/orders?${query.toString()}`);
  };
  return (
    <form onSubmit={submit} style={{ flex: 1, maxWidth: 480 }} role="search">
      <TextInput
        type="search"
        aria-label={t.search}
        placeholder={t.hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
