import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '설정' }, { title: 'Settings' });

export default function SettingsPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
