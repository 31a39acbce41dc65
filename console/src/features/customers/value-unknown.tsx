/// A value of a column that no attribute claims: kept as given, sealed, shown masked, with the record it stands in.
import { useQuery } from '@tanstack/react-query';
import { Popover, Skeleton } from 'antd';
import { useState } from 'react';
import type { CustomerView } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed } from '../../shell/states';
import { Disclose } from './disclose';
import { recordsQuery } from './queries';
import { useSourceNames } from './source-names';

interface UnknownCellProperties {
  number: string;
  cell: CustomerView['unknown_columns'][number];
  asOf?: string;
}

/// Nothing competes with such a value, so there is only where it stands.
function Origin({ number, cell, asOf }: UnknownCellProperties) {
  const { t, instant } = useLocalization();
  const sourceName = useSourceNames();
  const { data, error, refetch } = useQuery(recordsQuery(number, asOf));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active className="provenance" />;
  const record = data.items.find(({ id }) => id === cell.record);
  return (
    <div className="provenance" data-test="provenance-unknown">
      <div>{sourceName(cell.source)}</div>
      {record && (
        <div className="soft">
          {t('customers.observed', { at: instant(record.observed_at) })}
          {record.batch && ` · ${t('customers.batch_row', { batch: record.batch, row: record.row ?? '—' })}`}
        </div>
      )}
      <div className="soft">{t('customers.unknown_kept')}</div>
    </div>
  );
}

export function UnknownCell({ number, cell, asOf }: UnknownCellProperties) {
  const { t } = useLocalization();
  const sourceName = useSourceNames();
  const [open, setOpen] = useState(false);
  const [disclosed, setDisclosed] = useState<string>();
  return (
    <>
      <Popover
        trigger={['hover', 'focus']}
        open={open}
        onOpenChange={setOpen}
        mouseEnterDelay={0.25}
        placement="bottomLeft"
        title={t('customers.provenance_of', { label: cell.column })}
        content={open ? <Origin number={number} cell={cell} asOf={asOf} /> : <span />}
      >
        <button type="button" className="value" data-test="value-unknown">
          {disclosed ?? (cell.value || '—')}
        </button>
      </Popover>
      <span className="soft">{sourceName(cell.source)}</span>
      <Disclose
        number={number}
        what={{ record: cell.record, column: cell.column }}
        label={cell.column}
        shown={disclosed !== undefined}
        onShown={setDisclosed}
      />
    </>
  );
}
