/// Places to go and things to do, by typing their name.
import { useNavigate } from '@tanstack/react-router';
import { type Key, useLocalization } from '../i18n';
import { useAppearance } from './appearance';

export interface Suggestion {
  name: string;
  label: string;
  hint?: string;
  go: () => void;
}

const places: { to: string; label: Key; words: string }[] = [
  { to: '/', label: 'shell.area_overview', words: 'overview gongzuotai' },
  { to: '/customers', label: 'shell.area_customers', words: 'customers kehu' },
  { to: '/intake/import', label: 'shell.area_import', words: 'import daoru' },
  { to: '/intake/batches', label: 'shell.area_batches', words: 'batches pici' },
  { to: '/intake/quarantine', label: 'shell.area_quarantine', words: 'quarantine geli' },
  { to: '/intake/sources', label: 'shell.area_sources', words: 'sources laiyuan' },
  { to: '/reviews', label: 'shell.area_reviews', words: 'reviews fuhe' },
  { to: '/packs', label: 'shell.area_packs', words: 'rule packs guizebao' },
  { to: '/packs/rules', label: 'shell.area_rules', words: 'rules in force xianxing guize' },
  { to: '/audit', label: 'shell.area_audit', words: 'audit shenji' },
];

export function useCommands(text: string): Suggestion[] {
  const { t, language, setLanguage } = useLocalization();
  const { brightness, setBrightness } = useAppearance();
  const navigate = useNavigate();
  const wanted = text.trim().toLowerCase();
  const all = [
    ...places.map((place) => ({
      name: place.to,
      label: t('shell.go_to', { place: t(place.label) }),
      words: place.words,
      go: () => void navigate({ to: place.to }),
    })),
    {
      name: 'language',
      label: t('shell.switch_language'),
      words: 'language english yuyan',
      go: () => setLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    {
      name: 'brightness',
      label: t(brightness === 'dark' ? 'shell.to_light' : 'shell.to_dark'),
      words: 'dark light theme anse',
      go: () => setBrightness(brightness === 'dark' ? 'light' : 'dark'),
    },
  ];
  return all
    .filter((command) => `${command.label} ${command.words}`.toLowerCase().includes(wanted))
    .slice(0, 10);
}
