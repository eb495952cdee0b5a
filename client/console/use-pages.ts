import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/**
 * A list that is read part by part and kept up to date while it is shown.
 *
 * @param key what the answers are kept by: the contract's path first.
 * @param read the part that begins at a cursor; undefined: the first.
 */
export function usePages<Row>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<PageOf<Row>>,
) {
  return useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({ rows: pages.flatMap(({ rows }) => rows) }),
    placeholderData: keepPreviousData,
  });
}
