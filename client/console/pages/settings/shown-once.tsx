import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../../parts/dialog';
import { dictionary, useWords } from '../../words';

const words = dictionary(
  {
    title: '한 번만 표시됩니다',
    says: '지금 복사해서 전달하세요. 다시 볼 수 없습니다.',
    copy: '복사',
    copied: '복사됨',
    close: '닫기',
  },
  {
    title: 'Shown once',
    says: 'Copy it and hand it over now. It cannot be seen again.',
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
  },
);

/** A password or token that nobody can see again. */
export function ShownOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useWords(words);
  return (
    <Dialog title={t.title} onClose={onClose}>
      <Stack>
        <Text size="sm">{t.says}</Text>
        <Code block>{secret}</Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t.copied : t.copy}</Button>}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            {t.close}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
