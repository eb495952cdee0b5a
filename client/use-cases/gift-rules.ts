import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import {
  addGiftVersion,
  endGiftRule,
  giftVersionsOf,
  insertGiftRule,
  listGiftRules,
  lockGiftRules,
} from '../../db/queries/gift-rules';
import { itemExists } from '../../db/queries/matches';
import { secretNamed } from '../../db/queries/server-secret';
import { inTransaction } from '../../db/transaction';
import type { GiftTerms } from '../../domain/gift';
import { RECEIVER_KEY } from '../../domain/receiver-marks';
import { requireConfiguration } from './match-deals';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

/** Gives to orders that are matched from now on. @returns the rule's number. @throws UseCaseError. */
export async function addGiftRule(database: Database, terms: GiftTerms, command: Command): Promise<number> {
  await requireTerms(database.db, terms);
  return inTransaction(database, async (tx) => {
    const id = await insertGiftRule(tx, { terms, ...command });
    const detail = { version: 1, after: shown(terms) };
    await recordAudit(tx, { ...command, action: 'gift.add', subject: subjectOf(id), detail });
    return id;
  });
}

/**
 * Gives by other terms from now on; what was given by the ones before stays, and counts among the first N.
 *
 * @param version the one that was seen.
 * @returns the number of the new version.
 * @throws NotFound, ChangedMeanwhile, UseCaseError.
 */
export async function changeGiftRule(
  database: Database,
  { id, version }: SeenRule,
  terms: GiftTerms,
  command: Command,
): Promise<number> {
  await requireTerms(database.db, terms);
  return inTransaction(database, async (tx) => {
    await requireRule(tx, { id, version });
    const [before] = await listGiftRules(tx, id);
    const next = await addGiftVersion(tx, { id, version }, { terms, ...command });
    const detail = { version: next, before: before && shown(termsOf(before)), after: shown(terms) };
    await recordAudit(tx, { ...command, action: 'gift.change', subject: subjectOf(id), detail });
    return next;
  });
}

/** Gives nothing more by a rule; what it has given stays. @throws NotFound, ChangedMeanwhile, UseCaseError. */
export async function endGifts(database: Database, seen: SeenRule, command: Command): Promise<void> {
  await inTransaction(database, async (tx) => {
    await requireRule(tx, seen);
    await endGiftRule(tx, seen.id, command);
    await recordAudit(tx, { ...command, action: 'gift.end', subject: subjectOf(seen.id) });
  });
}

/** A rule with every version of it. @throws NotFound. */
export async function showGiftRule(db: Db, id: number) {
  const [rule] = await listGiftRules(db, id);
  if (rule === undefined) throw noSuchRule(id);
  return { rule, versions: await giftVersionsOf(db, id) };
}

/** A rule and which version of it was seen. */
export interface SeenRule {
  readonly id: number;
  readonly version: number;
}

const subjectOf = (id: number) => `gift-rule/${id}`;
const noSuchRule = (id: number) =>
  new NotFound(`There is no gift rule ${id}: boosta gifts list names those there are.`);

async function requireRule(tx: Db, { id, version }: SeenRule): Promise<void> {
  const rule = (await lockGiftRules(tx, [id], [])).get(id);
  if (rule === undefined) throw noSuchRule(id);
  if (rule.endedAt !== null) throw new UseCaseError(`Gift rule ${id} has ended: add a new one.`);
  if (rule.version !== version)
    throw new ChangedMeanwhile(`Somebody has changed gift rule ${id} meanwhile: look at it again.`);
}

/** That what a rule names is there; its receivers are told by a secret that is made outside of any transaction. */
export async function requireTerms(db: Db, terms: GiftTerms): Promise<void> {
  const { bought, boughtCode, dayFrom, dayTo } = terms;
  await requireConfiguration(db, terms.configuration);
  if ((bought === 'anything') !== (boughtCode === ''))
    throw new UseCaseError('Say which item or configuration must be bought, or that anything will do.');
  if (bought === 'configuration') await requireConfiguration(db, boughtCode);
  if (bought === 'item' && !(await itemExists(db, boughtCode)))
    throw new UseCaseError(`There is no item ${boughtCode}.`);
  if (dayFrom !== null && dayTo !== null && dayTo < dayFrom)
    throw new UseCaseError('It would end before it begins: look at its days.');
  if (terms.oncePerReceiver) await secretNamed(db, RECEIVER_KEY);
}

/** The terms alone of a row that says more. */
export function termsOf(row: GiftTerms): GiftTerms {
  const { name, priority, stacking, channel, bought, boughtCode, amountFrom, quantityFrom } = row;
  const { dayFrom, dayTo, firstN, oncePerReceiver, configuration, quantity, whenShort } = row;
  return {
    name,
    priority,
    stacking,
    channel,
    bought,
    boughtCode,
    amountFrom,
    quantityFrom,
    dayFrom,
    dayTo,
    firstN,
    oncePerReceiver,
    configuration,
    quantity,
    whenShort,
  };
}

/** As the audit trail keeps them: JSON has no bigint. */
function shown(terms: GiftTerms): Record<string, unknown> {
  return { ...terms, amountFrom: terms.amountFrom.toString() };
}
