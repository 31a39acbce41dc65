/// What actions, subjects and details of the audit log are called. The words of the log itself never change; a word that
/// a newer server writes is shown as it stands.
import { useLocalization } from '../../i18n';
import { zh } from '../../i18n/zh';
import { useLabels } from '../customers/labels';

const actionPrefix = 'audit.action_of.';

/// Every action that has a name here.
export const knownActions = Object.keys(zh)
  .filter((key) => key.startsWith(actionPrefix))
  .map((key) => key.slice(actionPrefix.length));

/// Values of these details are words of ours: where their names stand in the catalogues.
const keyOf: Record<string, (value: string) => string> = {
  role: (value) => `shell.roles.${value}`,
  purpose: (value) => `customers.purpose.${value}`,
  state: (value) => `intake.state.${value}`,
  verdict: (value) => `audit.verdict_of.${value}`,
  family: (value) => `linkage.family.${value}`,
  dangers: (value) => `audit.danger_of.${value}`,
};

/// Numbers of records and merges are names, not amounts.
const isName = /record$|merge|split|version/;

export interface Detail {
  name: string;
  label: string;
  text: string;
}

export function useAuditWords() {
  const { t, number, word, instant } = useLocalization();
  const labels = useLabels();

  function textOfWord(name: string, value: string): string {
    if (name === 'until') return instant(value);
    if (name === 'attribute' || name === 'attributes') return labels.attribute(value);
    if (name === 'channel') return labels.channel(value);
    return word(keyOf[name]?.(value) ?? '', value);
  }

  function textOf(name: string, value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return isName.test(name) ? String(value) : number(value);
    if (Array.isArray(value)) return value.map((item) => textOf(name, item)).join(t('audit.comma'));
    return typeof value === 'string' ? textOfWord(name, value) : JSON.stringify(value);
  }

  return {
    action: (action: string) => word(`audit.action_of.${action}`, action),
    /// `customer/000000000018` as a kind of thing and its name.
    subject: (subject: string): [string, string] => {
      const [kind = '', ...rest] = subject.split('/');
      return [word(`audit.subject_of.${kind}`, kind), rest.join('/')];
    },
    details: (detail: unknown): Detail[] =>
      Object.entries((detail ?? {}) as Record<string, unknown>)
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => ({
          name,
          label: word(`audit.detail_of.${name}`, name),
          text: textOf(name, value),
        })),
  };
}

export type AuditWords = ReturnType<typeof useAuditWords>;
