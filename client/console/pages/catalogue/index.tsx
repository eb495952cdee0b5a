import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '품목·구성안' }, { title: 'Items' });

export default function CataloguePage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
