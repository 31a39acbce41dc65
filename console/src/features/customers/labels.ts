/// Names that the dictionary gives to kinds, groups, attributes and channels, in the language of the console.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dictionaryQuery } from '../../api/queries';
import { type Key, useLocalization } from '../../i18n';
import { zh } from '../../i18n/zh';

export function useLabels() {
  const { pick, t } = useLocalization();
  const { data } = useQuery(dictionaryQuery);
  return useMemo(() => {
    const kinds = new Map(data?.party_kinds.map((kind) => [kind.name, pick(kind.label)]));
    const groups = new Map(data?.groups.map((group) => [group.name, pick(group.label)]));
    const channels = new Map(data?.channels.map((channel) => [channel.name, pick(channel.label)]));
    const attributes = new Map(data?.attributes.map((attribute) => [attribute.name, pick(attribute.label)]));
    const types = new Map(data?.attributes.map((attribute) => [attribute.name, attribute.type]));
    return {
      /// A value as it is read: codes that the server keeps in place of words become words.
      value: (attribute: string, value: string) => {
        const key = `customers.value.${types.get(attribute)}.${value}`;
        return key in zh ? t(key as Key) : value;
      },
      kind: (name: string) => kinds.get(name) ?? name,
      group: (name: string) => groups.get(name) ?? name,
      channel: (name: string) => channels.get(name) ?? name,
      attribute: (name: string | null | undefined) => (name ? (attributes.get(name) ?? name) : ''),
      way: (by: string) => (`customers.by.${by}` in zh ? t(`customers.by.${by}` as Key) : by),
      survivorship: (rule: string) =>
        `customers.survivorship.${rule}` in zh ? t(`customers.survivorship.${rule}` as Key) : rule,
      attributes: data?.attributes ?? [],
      kinds: [...kinds.entries()],
      groups: [...groups.entries()],
      channels: [...channels.entries()],
    };
  }, [data, pick, t]);
}

export type Labels = ReturnType<typeof useLabels>;
