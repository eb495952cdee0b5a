import type { Database, Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { searchOrders } from '../../db/queries/order-search';
import {
  deleteView,
  EVERYBODY,
  findView,
  insertView,
  type SavedView,
  updateView,
  viewsFor,
} from '../../db/queries/saved-views';
import type { ViewFilters } from '../../db/schema';
import { isEnough, KEEPS_FOR_ALL, type Role } from '../../domain/role';
import { searchOf } from './search-orders';
import { ChangedMeanwhile, NotAllowed, NotFound, UseCaseError } from './use-case-error';

/** Whose views they are, and what that person may. */
export interface Person {
  readonly name: string;
  readonly role: Role;
}

/** Beyond it a view only says that there are more. */
const COUNTED = 100;

export interface ShownView extends Omit<SavedView, 'owner'> {
  /** Everybody's. */
  readonly shared: boolean;
  readonly mayChange: boolean;
  /** How many orders it shows, up to a hundred. */
  readonly orders: number;
}

/** A person's own views and everybody's, each with how many orders it shows. */
export async function listViews(db: Db, person: Person): Promise<ShownView[]> {
  const views = await viewsFor(db, person.name);
  return Promise.all(
    views.map(async ({ owner, ...view }) => ({
      ...view,
      shared: owner === EVERYBODY,
      mayChange: mayChange(owner, person),
      orders: (await searchOrders(db, searchOf(view.filters), undefined, COUNTED)).length,
    })),
  );
}

/** What a person's view of a name shows; an own one before everybody's. @throws NotFound. */
export async function filtersOfView(db: Db, name: string, person: string): Promise<ViewFilters> {
  const view = (await viewsFor(db, person)).find((one) => one.name === name);
  if (view === undefined) throw new NotFound(`${person} has no view ${name}, and there is none for all.`);
  return view.filters;
}

/** Keeps filters under a name. @returns the view's number. @throws NotAllowed, UseCaseError. */
export async function saveView(
  { db }: Database,
  {
    name,
    filters,
    shared,
  }: { readonly name: string; readonly filters: ViewFilters; readonly shared: boolean },
  person: Person,
): Promise<number> {
  const owner = shared ? EVERYBODY : person.name;
  requireMay(owner, person);
  const id = await insertView(db, { owner, name, filters }, person.name);
  if (id === undefined) throw new UseCaseError(`There is a view ${name} already.`);
  await audit(db, 'view.save', id, person, { after: { name, shared, filters } });
  return id;
}

/** Gives a view another name, or other filters. @throws NotFound, NotAllowed, ChangedMeanwhile, UseCaseError. */
export async function changeView(
  { db }: Database,
  id: number,
  { version, ...change }: { readonly version: number; readonly name: string; readonly filters: ViewFilters },
  person: Person,
): Promise<void> {
  const before = await requireView(db, id, person);
  const others = await viewsFor(db, person.name);
  if (others.some((one) => one.id !== id && one.owner === before.owner && one.name === change.name))
    throw new UseCaseError(`There is a view ${change.name} already.`);
  if (!(await updateView(db, { id, version }, change, person.name))) throw changedMeanwhile(before.name);
  const { name, filters } = before;
  await audit(db, 'view.change', id, person, { before: { name, filters }, after: change });
}

/** @throws NotFound, NotAllowed, ChangedMeanwhile. */
export async function removeView(
  { db }: Database,
  id: number,
  version: number,
  person: Person,
): Promise<void> {
  const { name, filters } = await requireView(db, id, person);
  if (!(await deleteView(db, { id, version }))) throw changedMeanwhile(name);
  await audit(db, 'view.remove', id, person, { before: { name, filters } });
}

/** Another person's own view is as if it were not there. */
async function requireView(db: Db, id: number, person: Person): Promise<SavedView> {
  const view = await findView(db, id);
  if (view === undefined || ![EVERYBODY, person.name].includes(view.owner))
    throw new NotFound(`There is no view ${id}.`);
  requireMay(view.owner, person);
  return view;
}

function mayChange(owner: string, { name, role }: Person): boolean {
  return owner === EVERYBODY ? isEnough(role, KEEPS_FOR_ALL) : owner === name;
}

function requireMay(owner: string, person: Person): void {
  if (!mayChange(owner, person))
    throw new NotAllowed(
      `Views for all take the role ${KEEPS_FOR_ALL}, and ${person.name} is ${person.role}.`,
    );
}

function changedMeanwhile(name: string): ChangedMeanwhile {
  return new ChangedMeanwhile(`Somebody has changed the view ${name} meanwhile: look again.`);
}

function audit(
  db: Db,
  action: string,
  id: number,
  { name: by }: Person,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(db, { by, reason: '', action, subject: `view/${id}`, detail });
}
