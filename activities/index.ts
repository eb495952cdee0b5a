import { activityInfo } from '@temporalio/activity';
import type { Command } from '../db/queries/audit';
import { noteBackfill } from '../db/queries/backfills';
import type { BackfillProgress } from '../domain/backfill';
import type { Verdict } from '../domain/verdict';
import { acknowledgeOrder } from './acknowledge-order';
import { answerClaims } from './answer-claims';
import { runBulk } from './bulk-action';
import { cancelOrder } from './cancel-order';
import { checkSales } from './check-sales';
import { collectWindow, type Reached, reportCollectionFailure } from './collect-orders';
import { type CombineCommand, combineOrders } from './combine-orders';
import type { Commands } from './commands';
import type { Deps } from './deps';
import { dispatchOrder, tryDispatchOrder } from './dispatch-order';
import { dropEnded } from './drop-ended';
import type { Cancellation } from './end-cancellation';
import { type Erasing, erasePersonalData } from './erase-personal-data';
import { holdOrder, releaseOrder } from './hold-order';
import { matchAtOnce, matchOrder } from './match-order';
import { type Move, moveOrder } from './move-order';
import { normalizeOrder } from './normalize-order';
import { parkFailed, resumeOrder } from './park-failed';
import { progressOfActivity } from './progress';
import { pushStock } from './push-stock';
import { reconcileWms } from './reconcile-wms';
import { recordSale } from './record-sale';
import { reportWmsFailure, type WmsDuty } from './report-wms';
import { type DispatchMeant, resolveDispatch } from './resolve-dispatch';
import { sendNow } from './send-now';
import { separateOrder } from './separate-order';
import { type SplitCommand, splitOrder } from './split-order';
import { sweepOrders } from './sweep-orders';
import { syncStock } from './sync-stock';
import { takeChange } from './take-change';
import { type Step, takeSteps } from './take-steps';
import { tellPeople } from './tell-people';
import { reportTellingFailure } from './tell-source';
import { tryUploadTracking, uploadTracking } from './upload-tracking';
import { watchShipments } from './watch-shipments';
import { windowsToCollect } from './windows-to-collect';

/** ISO 8601, as Temporal keeps it. */
interface WindowArgument {
  readonly from: string;
  readonly to: string;
}

/**
 * The activities as workflows call them: with keys, numbers and times only, since whatever is passed
 * here stands in Temporal's history in plain text.
 */
export function createActivities(deps: Deps, commands: Commands) {
  /** Tried again, a step is taken alone: whatever went wrong in those after it shows there. */
  const stepping = (step: Step) => (orderKey: string) =>
    activityInfo().attempt === 1 ? takeSteps(deps, orderKey, step) : step(deps, orderKey);
  return {
    windowsToCollect: async (
      source: string,
      scheduledFor: string,
      intervalMs: number,
      given?: WindowArgument,
    ): Promise<WindowArgument[]> => {
      const at = new Date(scheduledFor);
      const window = given && { from: new Date(given.from), to: new Date(given.to) };
      const windows = await windowsToCollect(deps, source, at, intervalMs, new Date(), window);
      return windows.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() }));
    },
    collectWindow: (source: string, { from, to }: WindowArgument) => {
      const runId = activityInfo().workflowExecution?.runId ?? '';
      const window = { from: new Date(from), to: new Date(to) };
      return collectWindow(deps, source, window, runId, progressOfActivity<Reached>());
    },
    reportCollectionFailure: (source: string, reason: string) =>
      reportCollectionFailure(deps, source, reason),
    acknowledgeOrder: (orderKey: string) => acknowledgeOrder(deps, orderKey),
    normalizeOrder: stepping((_, orderKey) => normalizeOrder(deps, orderKey, matchAtOnce)),
    matchOrder: stepping(matchOrder),
    tryDispatchOrder: (orderKey: string) => tryDispatchOrder(deps, orderKey),
    dispatchOrder: (orderKey: string) => dispatchOrder(deps, orderKey),
    recordSale: stepping(recordSale),
    tryUploadTracking: (orderKey: string) => tryUploadTracking(deps, orderKey),
    uploadTracking: (orderKey: string) => uploadTracking(deps, orderKey),
    holdOrder: (orderKey: string, command: Command) => holdOrder(deps, orderKey, command),
    releaseOrder: (orderKey: string, command: Command) => releaseOrder(deps, orderKey, command),
    cancelOrder: (orderKey: string, command: Cancellation) => cancelOrder(deps, orderKey, command),
    splitOrder: (orderKey: string, command: SplitCommand) => splitOrder(deps, orderKey, command),
    combineOrders: (orderKey: string, command: CombineCommand) => combineOrders(deps, orderKey, command),
    separateOrder: (orderKey: string, command: Command) => separateOrder(deps, orderKey, command),
    sendNow: (orderKey: string, command: Command) => sendNow(deps, orderKey, command),
    moveOrder: (orderKey: string, move: Move) => moveOrder(deps, orderKey, move),
    resolveDispatch: (orderKey: string, verdict: Verdict, command: Command & DispatchMeant) =>
      resolveDispatch(deps, orderKey, verdict, command),
    reportWmsFailure: (wms: string, part: WmsDuty) => reportWmsFailure(deps, wms, part),
    parkFailed: (orderKey: string, reason: string) => parkFailed(deps, orderKey, reason),
    resumeOrder: (orderKey: string) => resumeOrder(deps, orderKey),
    watchShipments: (wms: string) => watchShipments(deps, wms),
    reconcileWms: (wms: string) => reconcileWms(deps, wms),
    syncStock: (wms: string) => syncStock(deps, wms),
    answerClaims: (source: string) => answerClaims(deps, source),
    pushStock: (source: string) => pushStock(deps, source),
    reportTellingFailure: (source: string) => reportTellingFailure(deps, source),
    takeChange: (orderKey: string, command: Command) => takeChange(deps, orderKey, command),
    runBulk: (jobId: number) => runBulk(deps, commands, jobId),
    noteBackfill: (id: number, progress: BackfillProgress) => noteBackfill(deps.database.db, id, progress),
    sweepOrders: () => sweepOrders(deps),
    tellPeople: () => tellPeople(deps),
    checkSales: () => checkSales(deps),
    dropEnded: () => dropEnded(deps),
    erasePersonalData: () => erasePersonalData(deps, progressOfActivity<Erasing>()),
  };
}

export type Activities = ReturnType<typeof createActivities>;
