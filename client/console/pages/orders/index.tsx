import { Route, Routes } from 'react-router';
import { NotHere } from '../../parts/page-state';
import { BulkJobs } from './bulk-jobs';
import { NewOrder } from './new-order';
import { OrderList } from './order-list';
import { OrderPage } from './order-page';

export default function OrdersPage() {
  return (
    <Routes>
      <Route index element={<OrderList />} />
      <Route path="new" element={<NewOrder />} />
      <Route path="bulk" element={<BulkJobs />} />
      <Route path=":channel/:number" element={<OrderPage />} />
      <Route path="*" element={<NotHere />} />
    </Routes>
  );
}
