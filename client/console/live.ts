import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Reads what is shown anew whenever the API tells that something has changed. */
export function useLive(): void {
  const known = useQueryClient();
  useEffect(() => {
    const events = new EventSource('/api/live');
    events.addEventListener('changed', () => void known.invalidateQueries());
    return () => events.close();
  }, [known]);
}
