import { useParams } from 'react-router';
import { DealDetail } from './deal-detail';

/** One deal, by its address. */
export function DealPage() {
  const { dealKey = '' } = useParams();
  return <DealDetail key={dealKey} dealKey={dealKey} />;
}
