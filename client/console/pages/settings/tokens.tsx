import { Badge, Group, Select, Stack, Table } from '@mantine/core';
import { useState } from 'react';
import { ROLES, type Role } from '../../../../domain/role';
import { endToken, listTokens, makeToken } from '../../../api/contract/users';
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
    make: '토큰 만들기',
    name: '이름',
    role: '권한',
    madeBy: '만든 사람',
    lastUsed: '마지막 사용',
    never: '없음',
    revoked: '폐기됨',
    revoke: '폐기',
    empty: '토큰이 없습니다. 프로그램이 API를 쓰려면 하나가 필요합니다.',
  },
  {
    make: 'Make a token',
    name: 'Name',
    role: 'Role',
    madeBy: 'Made by',
    lastUsed: 'Last used',
    never: 'never',
    revoked: 'revoked',
    revoke: 'Revoke',
    empty: 'There are no tokens. A program needs one to use the API.',
  },
);

export function Tokens() {
  const t = useWords(words);
  const { time } = useFormat();
  const tokens = useAnswer(listTokens, {});
  const [making, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<number | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const revoke = useCommand(endToken, () => setRevoked(null));
  return (
    <Stack>
      <Group>
        <Opener onClick={() => setMaking(true)}>{t.make}</Opener>
      </Group>
      <Shown of={tokens} isEmpty={({ tokens: rows }) => rows.length === 0} empty={t.empty}>
        {({ tokens: rows }) => (
          <ListTable head={[t.name, t.role, t.madeBy, t.lastUsed]} action={t.revoke}>
            {rows.map((token) => (
              <Table.Tr key={token.id}>
                <Table.Td>{token.name}</Table.Td>
                <Table.Td>{token.role}</Table.Td>
                <Table.Td>
                  {token.madeBy}, {time(token.madeAt)}
                </Table.Td>
                <Table.Td>{token.lastUsedAt === null ? t.never : time(token.lastUsedAt)}</Table.Td>
                <Table.Td ta="right">
                  {token.revokedAt === null ? (
                    <Opener
                      variant="light"
                      color="red"
                      onClick={() => setRevoked(token.id)}
                      aria-label={`${t.revoke} ${token.name}`}
                    >
                      {t.revoke}
                    </Opener>
                  ) : (
                    <Badge color="gray">{t.revoked}</Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </ListTable>
        )}
      </Shown>
      {making ? <TokenForm onClose={() => setMaking(false)} onSecret={setSecret} /> : null}
      {revoked === null ? null : (
        <WithReason
          title={t.revoke}
          confirm={t.revoke}
          color="red"
          isPending={revoke.isPending}
          onConfirm={(reason) => revoke.mutate({ params: { id: revoked }, body: { reason } })}
          onClose={() => setRevoked(null)}
        />
      )}
      {secret === null ? null : <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Stack>
  );
}

function TokenForm({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const t = useWords(words);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const make = useCommand(makeToken, ({ token }) => {
    onClose();
    onSecret(token);
  });
  return (
    <WithReason
      title={t.make}
      confirm={t.make}
      isPending={make.isPending}
      onConfirm={(reason) => make.mutate({ body: { name, role, reason } })}
      onClose={onClose}
      preview={
        <>
          <CodeInput label={t.name} value={name} onChange={setName} />
          <Select
            label={t.role}
            allowDeselect={false}
            data={[...ROLES]}
            value={role}
            onChange={(value) => setRole(value ?? 'viewer')}
          />
        </>
      }
    />
  );
}
