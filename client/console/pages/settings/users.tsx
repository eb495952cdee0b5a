import { Badge, Group, Select, Stack, Switch, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ROLES, type Role } from '../../../../domain/role';
import type { Answer } from '../../../api/contract/route';
import { editUser, inviteUser, listUsers, resetPassword } from '../../../api/contract/users';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { CodeInput } from '../../parts/code-input';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { dictionary, useWords } from '../../words';
import { ShownOnce } from './shown-once';

const words = dictionary(
  {
    invite: '사용자 추가',
    name: '이름',
    role: '권한',
    email: '이메일',
    lastSeen: '마지막 로그인',
    never: '없음',
    disabled: '사용 중지',
    edit: '수정',
    password: '비밀번호 재설정',
    save: '저장',
    viewer: '조회',
    operator: '운영',
    manager: '관리',
    administrator: '관리자',
  },
  {
    invite: 'Add a user',
    name: 'Name',
    role: 'Role',
    email: 'E-mail',
    lastSeen: 'Last signed in',
    never: 'never',
    disabled: 'Disabled',
    edit: 'Edit',
    password: 'New password',
    save: 'Save',
    viewer: 'Viewer',
    operator: 'Operator',
    manager: 'Manager',
    administrator: 'Administrator',
  },
);

type User = Answer<typeof listUsers>['users'][number];

export function Users() {
  const t = useWords(words);
  const { time } = useFormat();
  const users = useAnswer(listUsers, {});
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const [reset, setReset] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const newPassword = useCommand(resetPassword, ({ password }) => {
    setReset(null);
    setSecret(password);
  });
  return (
    <Stack>
      <Group>
        <Opener onClick={() => setEdited('new')}>{t.invite}</Opener>
      </Group>
      <Shown of={users}>
        {({ users: rows }) => (
          <ListTable head={[t.name, t.role, t.email, t.lastSeen]} action={t.edit}>
            {rows.map((user) => (
              <Table.Tr key={user.name}>
                <Table.Td>
                  {user.name} {user.disabled ? <Badge color="gray">{t.disabled}</Badge> : null}
                </Table.Td>
                <Table.Td>{t[user.role]}</Table.Td>
                <Table.Td>{user.email}</Table.Td>
                <Table.Td>{user.lastSeenAt === null ? t.never : time(user.lastSeenAt)}</Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="flex-end">
                    <Opener
                      variant="light"
                      onClick={() => setEdited(user)}
                      aria-label={`${t.edit} ${user.name}`}
                    >
                      {t.edit}
                    </Opener>
                    <Opener
                      variant="default"
                      onClick={() => setReset(user.name)}
                      aria-label={`${t.password} ${user.name}`}
                    >
                      {t.password}
                    </Opener>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      {edited === null ? null : (
        <UserForm
          user={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSecret={setSecret}
        />
      )}
      {reset === null ? null : (
        <WithReason
          title={`${t.password}: ${reset}`}
          confirm={t.password}
          isPending={newPassword.isPending}
          onConfirm={(reason) => newPassword.mutate({ params: { name: reset }, body: { reason } })}
          onClose={() => setReset(null)}
        />
      )}
      {secret === null ? null : <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Stack>
  );
}

function UserForm({
  user,
  onClose,
  onSecret,
}: {
  user: User | null;
  onClose: () => void;
  onSecret: (secret: string) => void;
}) {
  const t = useWords(words);
  const [name, setName] = useState(user?.name ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'operator');
  const [email, setEmail] = useState(user?.email ?? '');
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const invite = useCommand(inviteUser, ({ password }) => {
    onClose();
    onSecret(password);
  });
  const edit = useCommand(editUser, onClose);
  const save = (reason: string) => {
    const given = { role, email: email === '' ? null : email, reason };
    if (user === null) invite.mutate({ body: { name, ...given } });
    else edit.mutate({ params: { name }, body: { version: user.version, disabled, ...given } });
  };
  return (
    <WithReason
      title={user === null ? t.invite : `${t.edit}: ${user.name}`}
      confirm={t.save}
      isPending={invite.isPending || edit.isPending}
      onConfirm={save}
      onClose={onClose}
      preview={
        <>
          {user === null ? (
            <CodeInput label={t.name} value={name} onChange={setName} />
          ) : (
            <Switch
              label={t.disabled}
              checked={disabled}
              onChange={(event) => setDisabled(event.currentTarget.checked)}
            />
          )}
          <Select
            label={t.role}
            allowDeselect={false}
            data={ROLES.map((value) => ({ value, label: t[value] }))}
            value={role}
            onChange={(value) => setRole(value ?? 'viewer')}
          />
          <TextInput
            label={t.email}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </>
      }
    />
  );
}
