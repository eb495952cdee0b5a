import { testMessage } from '../../activities/alerts/message';
import { failureOf, tell } from '../../activities/alerts/tell';
import type { Database } from '../../db/database';
import {
  type AlertEdit,
  type AlertRule,
  addAlertRule,
  addressOf,
  editAlertRule,
  findAlertRule,
  listAlertRules,
  removeAlertRule,
} from '../../db/queries/alerts';
import { type Command, recordAudit } from '../../db/queries/audit';
import { closeTasks } from '../../db/queries/tasks';
import { VaultLocked } from '../../db/vault';
import type { AlertWay } from '../../domain/alert';
import type { Servers } from '../connect';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

/** The rules as people see them: of a target what tells it from others, and not what lets one write to it. */
export async function showAlerts(database: Database) {
  const rules = await listAlertRules(database.db);
  return rules.map((rule) => ({ ...rule, targetHint: hintOf(database, rule) }));
}

function hintOf(database: Database, rule: AlertRule): string {
  try {
    const address = addressOf(database, rule);
    return rule.via === 'email'
      ? `${address.slice(0, 1)}***${address.slice(address.indexOf('@'))}`
      : hostOf(address);
  } catch (error) {
    if (error instanceof VaultLocked) return '?';
    throw error;
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '?';
}

/** @throws UseCaseError when there is one of this name, or its target is none. */
export async function addAlert(
  database: Database,
  given: AlertEdit & { readonly name: string; readonly target: string },
  command: Command,
): Promise<void> {
  requireTarget(given.via, given.target);
  if (!(await addAlertRule(database, given)))
    throw new UseCaseError(`There is an alert ${given.name} already.`);
  await audit(database, 'alert.add', given.name, command, { after: withoutTarget(given) });
}

/**
 * @param edit a target that is null stays as it is, which another way of telling does not.
 * @throws NotFound, ChangedMeanwhile, UseCaseError when its target is none.
 */
export async function changeAlert(
  database: Database,
  name: string,
  { version, ...edit }: AlertEdit & { readonly version: number },
  command: Command,
): Promise<void> {
  const before = await requireAlert(database, name);
  if (edit.target !== null) requireTarget(edit.via, edit.target);
  else if (edit.via !== before.via) throw new UseCaseError('Another way of telling needs its own target.');
  if (!(await editAlertRule(database, { name, version }, edit)))
    throw new ChangedMeanwhile(`Somebody has changed ${name} meanwhile: look again.`);
  if (edit.paused) await expectNothing(database, name, command);
  await audit(database, 'alert.change', name, command, {
    before: withoutTarget(before),
    after: withoutTarget(edit),
    newTarget: edit.target !== null,
  });
}

/** @throws NotFound, ChangedMeanwhile. */
export async function removeAlert(
  database: Database,
  name: string,
  version: number,
  command: Command,
): Promise<void> {
  const before = await requireAlert(database, name);
  if (!(await removeAlertRule(database.db, { name, version })))
    throw new ChangedMeanwhile(`Somebody has changed ${name} meanwhile: look again.`);
  await expectNothing(database, name, command);
  await audit(database, 'alert.remove', name, command, { before: withoutTarget(before) });
}

/** Sends a message now. @returns whether it arrived, and otherwise why not. @throws NotFound. */
export async function testAlert(
  { database, config }: Pick<Servers, 'database' | 'config'>,
  name: string,
): Promise<{ ok: boolean; says: string }> {
  const rule = await requireAlert(database, name);
  const sent = await tell({ database, alerts: config.alerts }, rule, testMessage(config.alerts.consoleUrl));
  return sent.kind === 'done' ? { ok: true, says: 'It has arrived.' } : { ok: false, says: failureOf(sent) };
}

function requireTarget(via: AlertWay, target: string): void {
  const fits =
    via === 'email'
      ? /^[^\s@,;<>]+@[^\s@,;<>]+$/u.test(target)
      : URL.canParse(target) && /^https?:$/u.test(new URL(target).protocol);
  if (!fits)
    throw new UseCaseError(
      via === 'email' ? 'The target is no e-mail address.' : 'The target is no http(s) address.',
    );
}

async function requireAlert({ db }: Database, name: string): Promise<AlertRule> {
  const rule = await findAlertRule(db, name);
  if (rule === undefined) throw new NotFound(`There is no alert ${name}.`);
  return rule;
}

/** That it does not tell is no trouble any more. */
function expectNothing({ db }: Database, name: string, { by }: Command): Promise<void> {
  return closeTasks(db, ['alert_not_sent'], { part: name }, by);
}

function withoutTarget({ via, kinds, everyMinutes, paused }: Omit<AlertEdit, 'target'>) {
  return { via, kinds, everyMinutes, paused };
}

function audit(
  { db }: Database,
  action: string,
  name: string,
  command: Command,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(db, { ...command, action, subject: `alert/${name}`, detail });
}
