import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '매칭' }, { title: 'Matching' });

export default function MatchingPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
