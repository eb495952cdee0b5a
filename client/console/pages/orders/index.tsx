import { Route, Routes } from 'react-router';
import { NotHere } from '../../parts/page-state';
import { OrderList } from './order-list';
import { OrderPage } from './order-page';

export default function OrdersPage() {
  return (
    <Routes>
      <Route index element={<OrderList />} />
      <Route path=":channel/:number" element={<OrderPage />} />
      <Route path="*" element={<NotHere />} />
    </Routes>
  );
}
