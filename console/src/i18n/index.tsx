/// Language of the console: zh-CN by default, English by a click. Numbers and instants follow the language.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Text } from '../api/types';
import { type Catalogue, en } from './en';
import { zh } from './zh';

export type Language = 'zh' | 'en';
export type Key = keyof Catalogue;
export type Parameters = Record<string, string | number>;

const catalogues: Record<Language, Catalogue> = { zh, en };
const storageName = 'hubu.language';

/// Replaces `{name}` by its parameter; an unknown name stays visible, so that a mistake is seen.
export function fill(sentence: string, parameters: Parameters = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

function build(language: Language) {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const integers = new Intl.NumberFormat(locale);
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const instants = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hour12: false,
  });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hour12: false });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return {
    language,
    t: (key: Key, parameters?: Parameters) => fill(catalogues[language][key], parameters),
    /// The name of a word of the server; one that a newer server says stands as it is.
    word: (key: string, otherwise: string) => (key in zh ? catalogues[language][key as Key] : otherwise),
    pick: (text: Text | null | undefined) => (text ? text[language] || text.zh || text.en : ''),
    number: (value: number | null | undefined) => (value == null ? '—' : integers.format(value)),
    share: (value: number) => shares.format(value),
    instant: (value: string | null | undefined) => (value ? instants.format(new Date(value)) : '—'),
    time: (value: string | null | undefined) => (value ? times.format(new Date(value)) : '—'),
    day: (value: string | null | undefined) => (value ? days.format(new Date(value)) : '—'),
  };
}

interface Localization extends ReturnType<typeof build> {
  setLanguage: (language: Language) => void;
}

const LocalizationContext = createContext<Localization>({ ...build('zh'), setLanguage: () => undefined });

function remembered(): Language {
  return localStorage.getItem(storageName) === 'en' ? 'en' : 'zh';
}

export function LocalizationProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(remembered);
  useEffect(() => {
    localStorage.setItem(storageName, language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const value = useMemo(() => ({ ...build(language), setLanguage }), [language]);
  return <LocalizationContext value={value}>{children}</LocalizationContext>;
}

export function useLocalization(): Localization {
  return useContext(LocalizationContext);
}
