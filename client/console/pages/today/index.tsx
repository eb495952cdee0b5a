import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '오늘' }, { title: 'Today' });

export default function TodayPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
