import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Reads what is shown anew whenever the API tells that something has changed. */
export function useLive(): void {
  const known = useQueryClient();
  useEffect(() => {
    const events = new EventSource('/api/live');
    // What is being read already is let finish: under much news it never would.
    const read = () => void known.invalidateQueries({}, { cancelRefetch: false });
    events.addEventListener('changed', read);
    return () => events.close();
  }, [known]);
}
