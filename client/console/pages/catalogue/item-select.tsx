import { listItems } from '../../../api/contract/catalogue';
import { useAnswer } from '../../api';
import { FindSelect, useTyped } from '../../parts/find-select';

const SHOWN = 30;

/** Finds an item by a part of its code or name, and says which one was chosen. */
export function ItemSelect({
  label,
  except,
  onChoose,
}: {
  label: string;
  except: readonly string[];
  onChoose: (item: { itemCode: string; itemName: string }) => void;
}) {
  const typed = useTyped();
  const found = useAnswer(listItems, { query: { q: typed.q, limit: SHOWN } });
  const items = (found.data?.rows ?? []).filter(({ code }) => !except.includes(code));
  return (
    <FindSelect
      label={label}
      typed={typed}
      found={items}
      onChoose={({ code: itemCode, name: itemName }) => onChoose({ itemCode, itemName })}
    />
  );
}
