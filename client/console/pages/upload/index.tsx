import { Button } from '@mantine/core';
import { Link, Route, Routes } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { ChooseFile } from './choose-file';
import { DraftPage } from './draft';
import { History } from './history';
import { Templates } from './templates';
import { Uploaded } from './uploaded';
import { words } from './words';

export default function UploadPage() {
  return (
    <Routes>
      <Route index element={<Start />} />
      <Route path="templates" element={<Templates />} />
      <Route path="drafts/:id" element={<DraftPage />} />
      <Route path=":id" element={<Uploaded />} />
      <Route path="*" element={<NotHere />} />
    </Routes>
  );
}

function Start() {
  const t = useWords(words);
  return (
    <Page
      title={t.title}
      actions={
        <Button variant="default" component={Link} to="/upload/templates">
          {t.templates}
        </Button>
      }
    >
      <ChooseFile />
      <History />
    </Page>
  );
}
