import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '수집' }, { title: 'Collection' });

export default function CollectionPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
