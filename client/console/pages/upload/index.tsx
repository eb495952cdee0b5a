import { Page } from '../../parts/page';
import { dictionary, useWords } from '../../words';

const words = dictionary({ title: '업로드' }, { title: 'Upload' });

export default function UploadPage() {
  const t = useWords(words);
  return <Page title={t.title}>{null}</Page>;
}
