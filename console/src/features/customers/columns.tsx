/// The columns of customer lists.
import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import { useMemo } from 'react';
import type { CustomerRow } from '../../api/types';
import { useLocalization } from '../../i18n';
import type { Column } from '../../shell/list/grid';
import { useLabels } from './labels';
import { useSourceNames } from './source-names';

/// Without these a row does not say whom it means.
export const fixedColumns: readonly string[] = ['number', 'name', 'matched'];

export function useCustomerColumns(withMatch: boolean): Column<CustomerRow>[] {
  const { t, day, number } = useLocalization();
  const labels = useLabels();
  const sourceName = useSourceNames();
  return useMemo(() => {
    const columns: Column<CustomerRow>[] = [
      {
        name: 'number',
        title: t('customers.number'),
        width: '128px',
        render: (row) => (
          <Link
            to="/customers/$number"
            params={{ number: row.number }}
            search={{}}
            tabIndex={-1}
            className="mono"
          >
            {row.number}
          </Link>
        ),
      },
      {
        name: 'name',
        title: t('customers.name'),
        width: 'minmax(140px, 2fr)',
        render: (row) => <b title={row.name}>{row.name || '—'}</b>,
      },
      { name: 'kind', title: t('customers.kind'), width: '118px', render: (row) => labels.kind(row.kind) },
      {
        name: 'id_number',
        title: t('customers.id_number'),
        width: '152px',
        render: (row) => <span className="mono">{row.id_number ?? '—'}</span>,
      },
      {
        name: 'mobile',
        title: t('customers.mobile'),
        width: '112px',
        render: (row) => <span className="mono">{row.mobile ?? '—'}</span>,
      },
      {
        name: 'records',
        title: t('customers.records'),
        width: '64px',
        align: 'right',
        render: (row) => number(row.records),
      },
      {
        name: 'sources',
        title: t('customers.sources'),
        width: 'minmax(84px, 1fr)',
        render: (row) => <span title={row.sources.join(', ')}>{row.sources.map(sourceName).join(', ')}</span>,
      },
      {
        name: 'created_at',
        title: t('customers.created'),
        width: '110px',
        render: (row) => day(row.created_at),
      },
      {
        name: 'held',
        title: t('customers.state'),
        width: '76px',
        render: (row) => (row.held ? <Tag color="warning">{t('customers.held')}</Tag> : null),
      },
    ];
    if (withMatch) {
      columns.splice(2, 0, {
        name: 'matched',
        title: t('customers.matched'),
        width: 'minmax(110px, 1fr)',
        render: (row) =>
          [row.matched && labels.way(row.matched.by), row.matched?.text].filter(Boolean).join(' · '),
      });
    }
    return columns;
  }, [t, day, number, labels, sourceName, withMatch]);
}
