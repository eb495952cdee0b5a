import { Tabs } from '@mantine/core';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { ConfigurationPage, NewConfigurationPage } from './configuration-page';
import { Configurations } from './configurations';
import { ItemPage, NewItemPage } from './item-page';
import { Items } from './items';
import { catalogueWords } from './words';

export default function CataloguePage() {
  const t = useWords(catalogueWords);
  const go = useNavigate();
  const isConfigurations = useLocation().pathname.startsWith('/catalogue/configurations');
  return (
    <Page title={t.title}>
      <Tabs
        value={isConfigurations ? 'configurations' : 'items'}
        onChange={(tab) => void go(`/catalogue/${tab ?? 'items'}`)}
      >
        <Tabs.List>
          <Tabs.Tab value="items">{t.items}</Tabs.Tab>
          <Tabs.Tab value="configurations">{t.configurations}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <Routes>
        <Route index element={<Navigate to="/catalogue/items" replace />} />
        <Route path="items" element={<Items />} />
        <Route path="items-new" element={<NewItemPage />} />
        <Route path="items/:code" element={<ItemPage />} />
        <Route path="configurations" element={<Configurations />} />
        <Route path="configurations-new" element={<NewConfigurationPage />} />
        <Route path="configurations/:code" element={<ConfigurationPage />} />
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
