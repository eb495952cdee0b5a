import { ZodError, z } from 'zod';
import type { FaultKind, Faults } from './faults';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from './message';

/** What one stand-in adds to the admin routes that all of them have. */
export interface AdminOptions {
  /** The answer of `GET /admin/ledger`: what really happened, for tests and people to compare with. */
  readonly ledger: (query: URLSearchParams) => unknown;
  readonly settings?: { readonly value: unknown; change(patch: unknown): void };
  /** Routes of its own, under `/admin/…`. */
  readonly adminRoutes?: readonly Route[];
}

/** Received by the server, acted on (twice for a duplicate delivery), struck by a fault. */
export interface CallCount {
  received: number;
  handled: number;
  faults: Partial<Record<FaultKind, number>>;
}

interface AdminState {
  readonly name: string;
  readonly faults: Faults;
  readonly applyFaults: (input: unknown) => Promise<void>;
  readonly calls: ReadonlyMap<string, CallCount>;
}

/** The admin routes; input that does not fit is answered 400 with what is wrong, by name. */
export function adminRoutes(options: AdminOptions, state: AdminState): Route[] {
  const { settings } = options;
  const faults = () => json(200, { faults: state.faults.list() });
  const routes = [
    route('GET', '/admin/faults', faults),
    route('PUT', '/admin/faults', async (request) => {
      await state.applyFaults(jsonBody(request));
      return faults();
    }),
    route('DELETE', '/admin/faults', async () => {
      await state.applyFaults({ faults: [] });
      return faults();
    }),
    route('GET', '/admin/calls', () => json(200, Object.fromEntries(state.calls))),
    route('GET', '/admin/ledger', ({ query }) => json(200, options.ledger(query))),
    ...(settings ? settingsRoutes(settings) : []),
    ...(options.adminRoutes ?? []),
  ];
  return routes.map((each) => ({ ...each, handle: (request) => refuseBadInput(each, request) }));
}

function settingsRoutes(settings: NonNullable<AdminOptions['settings']>): Route[] {
  return [
    route('GET', '/admin/settings', () => json(200, settings.value)),
    route('PUT', '/admin/settings', (request) => {
      settings.change(jsonBody(request));
      return json(200, settings.value);
    }),
  ];
}

function route(method: string, path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: 'admin', handle };
}

async function refuseBadInput(route: Route, request: StandInRequest): Promise<StandInResponse> {
  try {
    return await route.handle(request);
  } catch (error) {
    if (error instanceof ZodError) return json(400, { error: z.prettifyError(error) });
    throw error;
  }
}
