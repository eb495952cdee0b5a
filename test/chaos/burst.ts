/** Emits the next lot of orders all at once. @returns how many. */
export type Burst = () => Promise<number>;
