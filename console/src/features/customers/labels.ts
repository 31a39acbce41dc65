/// Names that the dictionary gives to kinds, groups, attributes and channels, in the language of the console.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dictionaryQuery } from '../../api/queries';
import { useLocalization } from '../../i18n';

export function useLabels() {
  const { pick, word } = useLocalization();
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
        return word(`customers.value.${types.get(attribute)}.${value}`, value);
      },
      kind: (name: string) => kinds.get(name) ?? name,
      group: (name: string) => groups.get(name) ?? name,
      channel: (name: string) => channels.get(name) ?? name,
      attribute: (name: string | null | undefined) => (name ? (attributes.get(name) ?? name) : ''),
      way: (by: string) => word(`customers.by.${by}`, by),
      survivorship: (rule: string) => word(`customers.survivorship.${rule}`, rule),
      attributes: data?.attributes ?? [],
      kinds: [...kinds.entries()],
      groups: [...groups.entries()],
      channels: [...channels.entries()],
    };
  }, [data, pick, word]);
}

export type Labels = ReturnType<typeof useLabels>;
