import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '감사 기록' }, { title: 'Audit' });

export default function AuditPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
