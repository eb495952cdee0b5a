import { Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/contract/session';
import { setCsrfToken, useCommand } from './api';
import { LanguageSwitch } from './parts/language-switch';
import { useSaid } from './parts/said';
import { dictionary, type Language, useWords } from './words';

const words = dictionary(
  { title: 'Boosta에 로그인', name: '사용자', password: '비밀번호', go: '로그인' },
  { title: 'Sign in to Boosta', name: 'User', password: 'Password', go: 'Sign in' },
);

export function SignIn({ setLanguage }: { setLanguage: (language: Language) => void }) {
  const said = useSaid();
  const t = useWords(words);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const command = useCommand(signIn, ({ csrfToken }) => setCsrfToken(csrfToken));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    command.mutate({ body: { name, password } });
  };
  return (
    <Center component="main" mih="100vh" bg="gray.1">
      <Paper shadow="sm" p="xl" w={360} component="form" onSubmit={submit}>
        <Stack>
          <Title order={1} size="h3">
            {t.title}
          </Title>
          <TextInput
            label={t.name}
            autoComplete="username"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t.password}
            autoComplete="current-password"
            required
            value={password}
            error={command.error === null ? undefined : said(command.error.message)}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={command.isPending}>
            {t.go}
          </Button>
          <LanguageSwitch setLanguage={setLanguage} />
        </Stack>
      </Paper>
    </Center>
  );
}
