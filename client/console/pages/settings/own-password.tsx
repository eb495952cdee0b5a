import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../../../api/contract/session';
import { useCommand } from '../../api';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    current: '현재 비밀번호',
    next: '새 비밀번호',
    rule: '12자 이상. 바꾸면 다른 브라우저에서는 로그아웃됩니다.',
    change: '비밀번호 변경',
    done: '비밀번호를 바꿨습니다.',
  },
  {
    current: 'Current password',
    next: 'New password',
    rule: 'Twelve characters at least. Other browsers are signed out.',
    change: 'Change the password',
    done: 'The password is changed.',
  },
);

export function OwnPassword() {
  const t = useWords(words);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const command = useCommand(changePassword, () => {
    setCurrent('');
    setNext('');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    command.mutate({ body: { current, next } });
  };
  return (
    <Stack component="form" maw={360} onSubmit={submit}>
      <PasswordInput
        label={t.current}
        autoComplete="current-password"
        required
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label={t.next}
        description={t.rule}
        autoComplete="new-password"
        required
        minLength={12}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" loading={command.isPending}>
        {t.change}
      </Button>
      {command.isSuccess ? (
        <Alert color="green" role="status">
          {t.done}
        </Alert>
      ) : null}
    </Stack>
  );
}
