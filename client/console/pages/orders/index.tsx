import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '주문' }, { title: 'Orders' });

export default function OrdersPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
