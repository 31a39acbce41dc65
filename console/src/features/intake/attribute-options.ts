/// The attributes that a column can mean, by group, and "keep as given".
import { useMemo } from 'react';
import { useLocalization } from '../../i18n';
import { useLabels } from '../customers/labels';

/// Select knows no null: this value stands for "keep as given".
export const asGiven = '';

export function useAttributeOptions() {
  const { t } = useLocalization();
  const labels = useLabels();
  return useMemo(() => {
    const groups = labels.groups.map(([group, label]) => ({
      label,
      title: label,
      options: labels.attributes
        .filter((attribute) => attribute.group === group)
        .map((attribute) => ({ value: attribute.name, label: labels.attribute(attribute.name) })),
    }));
    return [
      { value: asGiven, label: t('intake.as_given') },
      ...groups.filter((group) => group.options.length > 0),
    ];
  }, [labels, t]);
}
