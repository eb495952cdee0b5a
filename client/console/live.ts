import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const OPENED_AGAIN_AFTER_MS = 5_000;

/**
 * Reads what is shown anew whenever the API tells that something has changed, and when it tells nothing any more: what
 * cannot be read then is said to be out of date.
 */
export function useLive(): void {
  const known = useQueryClient();
  useEffect(() => {
    // What is being read already is let finish: under much news it never would.
    const read = () => void known.invalidateQueries({}, { cancelRefetch: false });
    let opened: EventSource;
    let waits: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      opened = new EventSource('/api/live');
      opened.addEventListener('changed', read);
      opened.addEventListener('error', lost);
    };
    const lost = () => {
      read();
      // The browser tries again by itself what was cut off, and never what a proxy has answered with a fault.
      if (opened.readyState === EventSource.CLOSED) waits = setTimeout(open, OPENED_AGAIN_AFTER_MS);
    };
    open();
    return () => {
      clearTimeout(waits);
      opened.close();
    };
  }, [known]);
}
