import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context';
import { addAlerts } from './alerts';
import { addAudit } from './audit';
import { addBulkJobs } from './bulk-jobs';
import { addCatalogue } from './catalogue';
import { addCollection } from './collection';
import { addConnections } from './connections';
import { addDispatch } from './dispatch';
import { addGifts } from './gifts';
import { addLists } from './lists';
import { addLive } from './live';
import { addMatching } from './matching';
import { addOrders } from './orders';
import { addRetention } from './retention';
import { addSales } from './sales';
import { addSavedViews } from './saved-views';
import { addSession } from './session';
import { addStock } from './stock';
import { addToday } from './today';
import { addUpload } from './upload';
import { addUsers } from './users';

const PAGES = [
  addSession,
  addLive,
  addToday,
  addOrders,
  addSavedViews,
  addBulkJobs,
  addMatching,
  addCatalogue,
  addGifts,
  addLists,
  addUpload,
  addDispatch,
  addStock,
  addCollection,
  addSales,
  addAudit,
  addUsers,
  addConnections,
  addAlerts,
  addRetention,
];

/** All that the API does, one file for each page of the console. */
export function addRoutes(api: FastifyInstance, context: ApiContext): void {
  for (const add of PAGES) add(api, context);
}
