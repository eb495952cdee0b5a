/**
 * Sentences of ours and what they are in Korean. `{name}` stands for what a sentence holds there: said in
 * Korean too where it is a sentence of ours itself; `{said}` holds the words of somebody else, which are
 * quoted as they came.
 */
export type Sentences = Readonly<Record<string, string>>;
