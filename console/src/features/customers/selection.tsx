/// Customers taken up in the list, and what can be done with them together.
import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { CustomerRow } from '../../api/types';
import { useLocalization } from '../../i18n';
import type { Selection } from '../../shell/list/grid';
import { usePermission } from '../../shell/permission';
import { useLabels } from './labels';
import { MergeDialog } from './merge-dialog';

export function useSelection() {
  const { t } = useLocalization();
  const [chosen, setChosen] = useState<ReadonlyMap<string, CustomerRow>>(new Map());
  const selection: Selection<CustomerRow> = useMemo(
    () => ({
      has: (row) => chosen.has(row.number),
      toggle: (row) =>
        setChosen((known) => {
          const next = new Map(known);
          if (!next.delete(row.number)) next.set(row.number, row);
          return next;
        }),
      label: (row) => t('customers.select', { name: row.name || row.number }),
    }),
    [chosen, t],
  );
  return { chosen: [...chosen.values()], selection, clear: () => setChosen(new Map()) };
}

function Preview({ rows }: { rows: CustomerRow[] }) {
  const { t } = useLocalization();
  const labels = useLabels();
  return (
    <ul className="plain merge-preview" data-test="merge-preview">
      {rows.map((row) => (
        <li key={row.number}>
          <span className="mono">{row.number}</span> <b>{row.name || t('customers.nameless')}</b>{' '}
          <span className="soft">
            {labels.kind(row.kind)} · {row.id_number ?? row.mobile ?? '—'} ·{' '}
            {t('customers.chip_records', { count: row.records })}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function SelectionBar({ chosen, onClear }: { chosen: CustomerRow[]; onClear: () => void }) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const mayMerge = usePermission('steward');
  const [merging, setMerging] = useState(false);
  const [first, second] = chosen;
  if (!first) return null;
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(chosen.map(({ number }) => number).join('\n'));
    message.success(t('customers.copied', { count: chosen.length }));
  }
  return (
    <div className="selection" role="status" data-test="selection">
      <b>{t('customers.selected', { count: chosen.length })}</b>
      {mayMerge && (
        <Button
          size="small"
          disabled={chosen.length !== 2}
          onClick={() => setMerging(true)}
          data-test="merge-two"
        >
          {t('customers.merge_two')}
        </Button>
      )}
      <Button size="small" onClick={() => void copy()}>
        {t('customers.copy_numbers')}
      </Button>
      <Button size="small" type="text" onClick={onClear}>
        {t('customers.clear_selection')}
      </Button>
      {second && (
        <MergeDialog
          open={merging}
          number={first.number}
          absorbed={second.number}
          preview={<Preview rows={chosen} />}
          onClose={() => setMerging(false)}
        />
      )}
    </div>
  );
}
