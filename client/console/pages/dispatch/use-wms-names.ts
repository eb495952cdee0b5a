import { wmsOverview } from '../../../api/contract/dispatch';
import { useAnswer } from '../../api';

/** The WMSes in use, to choose one. */
export function useWmsNames(): string[] {
  const { data } = useAnswer(wmsOverview, {});
  return data?.wmses.map(({ id }) => id) ?? [];
}
