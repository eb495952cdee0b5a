import type { AlertSettings } from '../../activities/alerts/settings';

/** Of tests in which nobody is told of anything. */
export const NO_ALERTS: AlertSettings = { consoleUrl: 'http://console.test', mail: undefined };
