import type { Db } from '../db/database';
import { recordAudit } from '../db/queries/audit';
import { type DecidedOffer, formerOffers } from '../db/queries/deal-drift';
import { addVersion, lockMatch, pricesOf } from '../db/queries/match-versions';
import type { Decision } from '../db/queries/matches';
import { differencesOf, isOtherPrice, type Offer } from '../domain/deal-drift';
import { only, type Prices } from '../domain/deal-price';
import type { Difference } from '../domain/difference';

/** A line whose deal is not what it was when it was decided. */
export interface Drifted {
  readonly decided: Offer;
  readonly offered: Offer;
  readonly differs: readonly Difference[];
}

/** What stands in the way of an order's lines. */
export interface Doubts {
  readonly unknown: readonly Decision[];
  readonly changed: readonly Drifted[];
  /** One more deal is decided than when the lines were read: its channel has only decorated the wording anew. */
  readonly isNewlyDecided: boolean;
}

/** Which lines nobody has decided, and of which the channel has changed the deal since somebody did. */
export async function doubtsAbout(tx: Db, lines: readonly Decision[]): Promise<Doubts> {
  const open = lines.filter(isOpen);
  const former = await formerOffers(
    tx,
    open.map(({ dealKey }) => dealKey),
  );
  const unknown: Decision[] = [];
  const changed = lines.filter(hasOtherPrice).map((line) => driftOf(pricedAsDecided(line), line));
  let isNewlyDecided = false;
  for (const line of open) {
    const decided = former.get(line.dealKey);
    if (decided === undefined) {
      unknown.push(line);
      continue;
    }
    const drift = driftOf(decided, line);
    if (drift.differs.length > 0) changed.push(drift);
    else {
      if (!isNewlyDecided) await decideAsBefore(tx, line, decided);
      isNewlyDecided = true;
    }
  }
  return { unknown, changed, isNewlyDecided };
}

/** Nobody has said what it stands for. */
export function isOpen({ configuration }: Decision): boolean {
  return configuration === null;
}

/** It costs something else than when its deal was decided, beyond what is trivial. */
export function hasOtherPrice(line: Decision): boolean {
  if (isOpen(line) || line.onceFor !== null) return false;
  return isOtherPrice(pricesOf(line), only(line.unitPrice), line.driftPercent);
}

const pricedAsDecided = (line: Decision): Offer => ({ ...offerOf(line), prices: pricesOf(line) });

function offerOf({ deal, option, unitPrice }: Decision): Offer {
  return { deal, option, prices: only(unitPrice) };
}

function driftOf(decided: Offer, line: Decision): Drifted {
  const offered = offerOf(line);
  return { decided, offered, differs: differencesOf(decided, offered, line.driftPercent) };
}

/** The channel's own number says that it is the same deal: the new wording stands for what the old one does. */
async function decideAsBefore(tx: Db, line: Decision, decided: DecidedOffer): Promise<void> {
  const { channel, deal, option, dealKey } = line;
  const { configuration, prices } = decided;
  const reason = `The same listing, worded before: ${decided.deal} ${decided.option}`.trim().slice(0, 300);
  const command = { by: 'boosta', reason };
  const { version: known } = await lockMatch(tx, { channel, deal, option }, command);
  if (known > 0) return;
  const { version } = await addVersion(tx, dealKey, configuration, command, { prices });
  const detail = { channel, deal, option, configuration, version, before: null };
  await recordAudit(tx, { ...command, action: 'match.save', subject: `deal/${dealKey}`, detail });
}

/** What has changed, for the task of an order that waits for it. */
export function inWords({ decided, offered, differs }: Drifted): string {
  const words: Record<Difference, string> = {
    deal: `${decided.deal} is ${offered.deal} now`,
    option: `option ${decided.option || '(none)'} is ${offered.option || '(none)'} now`,
    price: `${won(decided.prices)} is ${won(offered.prices)} now`,
  };
  const said = differs.map((what) => words[what]).join('; ');
  return differs.includes('deal') ? said : `${offered.deal}: ${said}`;
}

function won(prices: Prices | null): string {
  if (prices === null) return 'no price';
  const { from, to } = prices;
  return from === to ? `${from} won` : `${from} to ${to} won`;
}
