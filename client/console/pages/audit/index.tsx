import { Center, Text } from '@mantine/core';
import { listAudit } from '../../../api/contract/audit';
import { Page } from '../../parts/page';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { AuditList } from './audit-list';
import { words } from './words';

export default function AuditPage() {
  const t = useWords(words);
  const may = useMay(listAudit);
  return (
    <Page title={t.title}>
      {may ? (
        <AuditList />
      ) : (
        <Center mih={160}>
          <Text c="gray.7">{t.forManagers}</Text>
        </Center>
      )}
    </Page>
  );
}
