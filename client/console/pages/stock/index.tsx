import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '재고' }, { title: 'Stock' });

export default function StockPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
