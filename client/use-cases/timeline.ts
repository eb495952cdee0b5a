import type { TimelineKind } from '../../domain/timeline';
import { formatWon } from '../format';
import type { OrderRow } from './find-order';
import type { History } from './order-history';

/** Something that happened to an order; holds no personal data. */
export interface TimelineEvent {
  readonly at: Date;
  readonly what: TimelineKind;
  readonly says: string;
  /** What it is the event of: a record, a dispatch, a shipment, a return, a task. */
  readonly id?: string | number;
}

/** All that has happened to an order, in the order of time. */
export function timelineOf(order: OrderRow, history: History): TimelineEvent[] {
  const events = [
    ...recordEvents(order, history),
    ...claimEvents(history),
    ...matchEvents(history),
    ...dispatchEvents(history),
    ...shipmentEvents(history),
    ...returnEvents(history),
    ...saleEvents(history),
    ...taskEvents(history),
    ...auditEvents(history),
    ...erasedEvents(order),
  ];
  return events.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function recordEvents(order: OrderRow, { records, lines }: History): TimelineEvent[] {
  return records.map(({ id, connectionId, recordId, receivedAt }) => {
    const told = lines
      .filter((line) => line.recordId === recordId && line.connectionId === connectionId)
      .map((line) => line.lineNumber);
    const read = id <= order.appliedRecord ? 'normalized' : 'not read yet';
    const of = told.length === 0 ? '' : `, of line ${told.join(', ')}`;
    return {
      at: receivedAt,
      what: 'received',
      id,
      says: `raw ${id}: ${connectionId} record ${recordId}${of}; ${read}`,
    };
  });
}

function claimEvents({ claims }: History): TimelineEvent[] {
  return claims.map(({ claimId, kind, state, requestedAt, outcome, answer, answerReason }) => {
    const ended = outcome === null ? '' : `; ${outcome}`;
    const told =
      answer === 'none'
        ? ''
        : `; answer to the channel: ${answer}${answerReason === null ? '' : ` (${answerReason})`}`;
    return {
      at: requestedAt,
      what: 'claim',
      id: claimId,
      says: `${kind} ${claimId} is ${state}${ended}${told}`,
    };
  });
}

/** A line is matched in the transaction that makes its dispatch. */
function matchEvents({ lines, dispatches, decisions }: History): TimelineEvent[] {
  const [first] = dispatches;
  if (first === undefined) return [];
  return lines.flatMap((line): TimelineEvent[] => {
    if (line.configuration === null) return [];
    const made =
      line.matchVersion === null
        ? decisions.once.find((d) => d.lineKey === line.key)
        : decisions.versions.find((d) => d.dealKey === line.dealKey && d.version === line.matchVersion);
    const by = made === undefined ? '' : ` by ${made.madeBy}`;
    const how = line.matchVersion === null ? `for this order only${by}` : `match v${line.matchVersion}${by}`;
    const says = `line ${line.lineNumber} → ${line.configuration} v${line.configurationVersion} (${how})`;
    return [{ at: first.createdAt, what: 'matched', id: line.key, says }];
  });
}

function dispatchEvents({ dispatches, attempts }: History): TimelineEvent[] {
  const made = dispatches.map(({ id, code, generation, wms, state, createdAt, problem }): TimelineEvent => {
    const to = wms === null ? 'no WMS chosen yet' : `to ${wms}`;
    const why = problem === null ? '' : `: ${problem}`;
    const says = `${code}, generation ${generation}, ${to}; now ${state}${why}`;
    return { at: createdAt, what: 'dispatch', id, says };
  });
  const accepted = dispatches.flatMap(({ id, acceptedAt, wms, reference }): TimelineEvent[] =>
    acceptedAt === null
      ? []
      : [
          {
            at: acceptedAt,
            what: 'dispatch',
            id,
            says: `${wms} has it as ${reference ?? '(no number told)'}`,
          },
        ],
  );
  const tried = attempts.map((a): TimelineEvent => {
    const status = a.status === null ? '' : ` (HTTP ${a.status})`;
    const why = a.reason === null ? '' : `: ${a.reason}`;
    const took = a.finishedAt === null ? '' : ` in ${a.finishedAt.getTime() - a.startedAt.getTime()} ms`;
    const says = `${a.kind} → ${a.outcome ?? 'no answer recorded'}${status}${why}${took}`;
    return { at: a.startedAt, what: 'attempt', id: a.dispatchId, says };
  });
  return [...made, ...tried, ...accepted];
}

function shipmentEvents({ shipments }: History): TimelineEvent[] {
  return shipments.flatMap((s): TimelineEvent[] => {
    const why = s.uploadReason === null ? '' : `: ${s.uploadReason}`;
    return [
      {
        at: s.shippedAt,
        what: 'shipped',
        id: s.id,
        says: `by ${s.wms}, ${s.carrierName ?? s.carrier} ${s.trackingNumber}`,
      },
      {
        at: s.uploadedAt,
        what: 'tracking',
        id: s.id,
        says: `${s.trackingNumber} to the channel: ${s.upload}${why}`,
      },
    ];
  });
}

function returnEvents({ returns }: History): TimelineEvent[] {
  return returns.map(({ id, number, items, restocked, recordedBy, reason, recordedAt }) => {
    const what = items.map(({ itemCode, quantity }) => `${itemCode} × ${quantity}`).join(', ');
    const where = restocked ? 'back on the shelf' : 'thrown away';
    const says = `${number}: ${what}, ${where}, by ${recordedBy}: ${reason}`;
    return { at: recordedAt, what: 'returned', id, says };
  });
}

function saleEvents({ sales }: History): TimelineEvent[] {
  return sales.map((s) => {
    const what = s.itemCode === null ? '' : ` ${s.itemCode} × ${s.quantity}`;
    return {
      at: s.bookedAt,
      what: 'sale',
      id: s.id,
      says: `${s.kind}${what} ${formatWon(s.amount)} on ${s.day}`,
    };
  });
}

function taskEvents({ tasks }: History): TimelineEvent[] {
  return tasks.flatMap((t): TimelineEvent[] => {
    const opened: TimelineEvent = {
      at: t.openedAt,
      what: 'task',
      id: t.id,
      says: `opened ${t.kind}: ${t.reason}`,
    };
    if (t.closedAt === null) return [opened];
    const says = `closed ${t.kind} by ${t.closedBy ?? 'somebody'}`;
    return [opened, { at: t.closedAt, what: 'task', id: t.id, says }];
  });
}

function auditEvents({ audit }: History): TimelineEvent[] {
  return audit.map((a) => {
    const detail = a.detail === null ? '' : ` ${JSON.stringify(a.detail)}`;
    return {
      at: a.at,
      what: 'person',
      id: a.id,
      says: `${a.actor}: ${a.action}${detail}${a.reason === null ? '' : `: ${a.reason}`}`,
    };
  });
}

function erasedEvents({ erasedAt }: OrderRow): TimelineEvent[] {
  if (erasedAt === null) return [];
  return [{ at: erasedAt, what: 'erased', says: 'personal data, as it is kept no longer' }];
}
