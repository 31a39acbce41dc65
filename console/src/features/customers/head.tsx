/// The head of the panorama that stays while one scrolls: who, since when, in which state, what can be done.
import { BankOutlined, EditOutlined, MergeCellsOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Avatar, Button, DatePicker, Typography } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import type { CustomerView } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { CustomerChips } from './chips';
import { CorrectionDrawer } from './correction';
import { MergeDialog } from './merge-dialog';

function AsOfPicker({ number, asOf }: { number: string; asOf?: string }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/frame/customers/$number' });
  return (
    <DatePicker
      showTime
      value={asOf ? dayjs(asOf) : null}
      placeholder={t('customers.as_of')}
      aria-label={t('customers.as_of')}
      data-test="as-of"
      disabledDate={(day) => day.isAfter(dayjs())}
      onChange={(day) =>
        void navigate({
          to: '/customers/$number',
          params: { number },
          search: { as_of: day ? day.toISOString() : undefined, tab },
        })
      }
    />
  );
}

export function PanoramaHead({ view, asOf }: { view: CustomerView; asOf?: string }) {
  const { t } = useLocalization();
  const mayDecide = usePermission('steward');
  const mayCorrect = usePermission('intake');
  const [correcting, setCorrecting] = useState(false);
  const [merging, setMerging] = useState(false);
  useEffect(() => {
    // The title of the window is kept in the browser's history: the number, not the name.
    document.title = `${view.number} · ${t('shell.brand')}`;
  }, [view.number, t]);
  return (
    <header className="panorama-head">
      <Avatar shape="square" size={44} icon={view.kind === 'person' ? <UserOutlined /> : <BankOutlined />} />
      <div className="panorama-who">
        <div className="panorama-name">
          <h1 title={view.name}>{view.name || t('customers.nameless')}</h1>
          <Typography.Text copyable className="mono soft">
            {view.number}
          </Typography.Text>
        </div>
        <CustomerChips view={view} />
      </div>
      <div className="page-actions">
        <AsOfPicker number={view.number} asOf={asOf} />
        {mayCorrect && !asOf && (
          <Button icon={<EditOutlined />} onClick={() => setCorrecting(true)} data-test="correct">
            {t('customers.correct')}
          </Button>
        )}
        {mayDecide && !asOf && (
          <Button icon={<MergeCellsOutlined />} onClick={() => setMerging(true)} data-test="merge">
            {t('customers.merge')}
          </Button>
        )}
      </div>
      <CorrectionDrawer view={view} open={correcting} onClose={() => setCorrecting(false)} />
      <MergeDialog number={view.number} open={merging} onClose={() => setMerging(false)} />
    </header>
  );
}
