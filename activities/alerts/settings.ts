/** What telling people needs of the environment. */
export interface AlertSettings {
  /** Without a slash at its end. */
  readonly consoleUrl: string;
  /** Undefined: no mail is sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
}
