import { sabangnetXml } from './sabangnet-xml/adapter';
import type { SourceAdapter } from './source';

/** Every kind of source; a further one is a folder and a line here. */
export const sourceAdapters: Readonly<Record<string, SourceAdapter>> = {
  [sabangnetXml.name]: sabangnetXml,
};
