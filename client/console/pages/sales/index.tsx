import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '매출' }, { title: 'Sales' });

export default function SalesPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
