#!/usr/bin/env node
import { type Group, run } from './program';

const groups: readonly Group[] = [
  {
    name: 'orders',
    description: 'list and show orders; hold, release, cancel, split, move, rematch one',
    load: async () => (await import('./orders.js')).addOrders,
  },
  {
    name: 'views',
    description: 'filters of orders, kept under a name',
    load: async () => (await import('./views.js')).addViews,
  },
  {
    name: 'tasks',
    description: 'what waits for a person, with the next safe action',
    load: async () => (await import('./tasks.js')).addTasks,
  },
  {
    name: 'jobs',
    description: 'what runs in the background for many orders, and how far it is',
    load: async () => (await import('./jobs.js')).addJobs,
  },
  {
    name: 'match',
    description: 'say what a deal stands for',
    load: async () => (await import('./match.js')).addMatches,
  },
  {
    name: 'items',
    description: 'what the warehouses stock; add or change one',
    load: async () => (await import('./catalogue.js')).addItems,
  },
  {
    name: 'configurations',
    description: 'what we sell: named sets of items; add one or a new version',
    load: async () => (await import('./catalogue.js')).addConfigurations,
  },
  {
    name: 'gifts',
    description: 'what is put in the box beyond what was bought: rules, and what they would have given',
    load: async () => (await import('./gifts.js')).addGifts,
  },
  {
    name: 'packing',
    description: 'which orders go out together: what waits, what may be one, rules and windows',
    load: async () => (await import('./packing.js')).addPacking,
  },
  {
    name: 'dispatch',
    description: 'what was said to a WMS; settle what nobody else can tell',
    load: async () => (await import('./dispatch.js')).addDispatch,
  },
  {
    name: 'collect',
    description: 'read a stretch of a source again now',
    load: async () => (await import('./collect.js')).addCollect,
  },
  {
    name: 'import',
    description: 'take in orders from an Excel or CSV file, by templates',
    load: async () => (await import('./import.js')).addImport,
  },
  {
    name: 'raw',
    description: 'what a source gave us, as it came',
    load: async () => (await import('./raw.js')).addRaw,
  },
  {
    name: 'returns',
    description: 'what customers sent back',
    load: async () => (await import('./returns.js')).addReturns,
  },
  {
    name: 'sales',
    description: 'sales by channel, item or day: gross, returns, net',
    load: async () => (await import('./sales.js')).addSales,
  },
  {
    name: 'sources',
    description: 'the sources in use, what each kind can do, and whose word counts for which channel',
    load: async () => (await import('./sources.js')).addSources,
  },
  {
    name: 'coverage',
    description: 'which time of each source is read, and which is not',
    load: async () => (await import('./coverage.js')).addCoverage,
  },
  {
    name: 'channels',
    description: 'by when each channel wants orders shipped, and how much stock it is told of',
    load: async () => (await import('./channels.js')).addChannels,
  },
  {
    name: 'tracking',
    description: 'tracking numbers on their way back to the channels; tell some again',
    load: async () => (await import('./tracking.js')).addTracking,
  },
  {
    name: 'wms',
    description: 'the WMSes in use; change from one to another, compare with what one has',
    load: async () => (await import('./wms.js')).addWmses,
  },
  {
    name: 'routes',
    description: 'which WMS gets which orders',
    load: async () => (await import('./routes.js')).addRoutes,
  },
  {
    name: 'stock',
    description: 'what each WMS has, promised and free, now and before',
    load: async () => (await import('./stock.js')).addStock,
  },
  {
    name: 'holds',
    description: 'rules by which orders wait for a person',
    load: async () => (await import('./holds.js')).addHolds,
  },
  {
    name: 'schedules',
    description: 'what runs by itself, and how often',
    load: async () => (await import('./schedules.js')).addSchedules,
  },
  {
    name: 'retention',
    description: 'how long personal data is kept; erase what is older',
    load: async () => (await import('./retention.js')).addRetention,
  },
  {
    name: 'doctor',
    description: 'say what is wrong and which command mends it',
    load: async () => (await import('./doctor.js')).addDoctor,
  },
  {
    name: 'migrate',
    description: 'bring the database to the newest schema',
    load: async () => (await import('./migrate.js')).addMigrate,
  },
];

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void run(groups, process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
