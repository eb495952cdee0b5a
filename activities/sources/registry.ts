import { coupang } from './coupang/adapter';
import { ecount } from './ecount/adapter';
import { elevenst } from './elevenst/adapter';
import { naver } from './naver/adapter';
import { sabangnetV3 } from './sabangnet-v3/adapter';
import { sabangnetXml } from './sabangnet-xml/adapter';
import type { SourceAdapter } from './source';
import { upload } from './upload/adapter';

/** Every kind of source; a further one is a folder and a line here. */
export const sourceAdapters: readonly SourceAdapter[] = [
  sabangnetXml,
  sabangnetV3,
  coupang,
  naver,
  elevenst,
  ecount,
  upload,
];

/** @throws RangeError naming what there is instead. */
export function sourceAdapter(name: string): SourceAdapter {
  const found = sourceAdapters.find((adapter) => adapter.name === name);
  if (found) return found;
  throw new RangeError(
    `no source adapter ${name}; there are ${sourceAdapters.map((each) => each.name).join(', ')}`,
  );
}
