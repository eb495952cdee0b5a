import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '출고' }, { title: 'Dispatch' });

export default function DispatchPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
