import { createContext, use } from 'react';

export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

type Words = Readonly<Record<string, string | ((...given: never[]) => string)>>;
type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] };
export type Dictionary<T> = Readonly<Record<Language, Widened<T>>>;

/** The words of a page, Korean first; English has to have them all. */
export function dictionary<T extends Words>(ko: T, en: Widened<T>): Dictionary<T> {
  return { ko: ko as Widened<T>, en };
}

export const LanguageContext = createContext<Language>('ko');

export function useLanguage(): Language {
  return use(LanguageContext);
}

export function useWords<T>(words: Dictionary<T>): Widened<T> {
  return words[useLanguage()];
}
