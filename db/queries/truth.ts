/** MySQL's truth is a number, which the driver hands over as text, and `'0'` is true to JavaScript. */
export const truth = (value: unknown) => Number(value) !== 0;
