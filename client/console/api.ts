import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer, Call, Contract } from '../api/contract/route';
import type { Problem } from '../api/contract/values';
import { useSaid } from './parts/said';

/** The API has answered with a problem, or has not answered (status 0). */
export class AnsweredProblem extends Error {
  override readonly name = 'AnsweredProblem';
  constructor(readonly problem: Pick<Problem, 'status' | 'title'> & Partial<Problem>) {
    const places = problem.errors?.map(({ at, says }) => `${at}: ${says}`).join('\n');
    super(problem.detail ?? places ?? problem.title);
  }
}

let csrfToken = '';
/** The token that the API gave with the session; goes with every write. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

type QueryValue = string | number | boolean | undefined;
type Loose = {
  readonly params?: Record<string, string | number>;
  readonly query?: Record<string, QueryValue | readonly QueryValue[]>;
  readonly body?: unknown;
};

/** @throws AnsweredProblem. */
export async function ask<C extends Contract>(contract: C, call: Call<C>): Promise<Answer<C>> {
  const response = await send(contract, call as Loose);
  if (!response.ok) throw new AnsweredProblem(await problemOf(response));
  return (await response.json()) as Answer<C>;
}

/** Where a contract's GET is, for links that download. */
export function addressOf<C extends Contract>({ path }: C, call: Call<C>): string {
  const { params = {}, query = {} } = call as Loose;
  const at = path.replace(/:(\w+)/gu, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, String(one));
  }
  return search.size === 0 ? at : `${at}?${search.toString()}`;
}

async function send(contract: Contract, call: Loose): Promise<Response> {
  const { method } = contract;
  const isFile = call.body instanceof Blob;
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken;
  if (call.body !== undefined)
    headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
  const body = call.body instanceof Blob ? call.body : JSON.stringify(call.body);
  try {
    return await fetch(addressOf(contract, call as Call<Contract>), {
      method,
      headers,
      ...(call.body === undefined ? {} : { body }),
    });
  } catch {
    throw new AnsweredProblem({
      status: 0,
      title: 'The server does not answer',
    });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { type: 'about:blank', status: response.status, title: response.statusText, requestId: '' };
  }
}

/** The key of an answer among those that the page keeps; its first part is the path, by which it is dropped. */
export function keyOf<C extends Contract>(contract: C, call: Call<C>): readonly unknown[] {
  return [contract.path, contract.method, call];
}

/** Reads something and keeps it up to date while it is shown. */
export function useAnswer<C extends Contract>(
  contract: C,
  call: Call<C>,
  options: { readonly enabled?: boolean; readonly everyMs?: number } = {},
) {
  return useQuery({
    queryKey: keyOf(contract, call),
    queryFn: () => ask(contract, call),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    placeholderData: (before) => before,
  });
}

/** Changes something; afterwards all that is shown is read anew. What goes wrong is said in a corner of the page. */
export function useCommand<C extends Contract>(contract: C, onDone?: (answer: Answer<C>) => void) {
  const known = useQueryClient();
  const said = useSaid();
  return useMutation({
    mutationFn: (call: Call<C>) => ask(contract, call),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await known.invalidateQueries();
    },
    onError: (error: Error) => {
      notifications.show({ color: 'red', message: said(error.message), autoClose: 10_000 });
    },
  });
}
