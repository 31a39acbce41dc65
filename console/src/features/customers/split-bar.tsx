/// Above the records: how to choose some, and what can be done with those that are chosen.
import { SplitCellsOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Split } from '../../api/types';
import { useLocalization } from '../../i18n';
import type { SplitChoice } from './split-choice';
import { SplitDialog } from './split-dialog';

interface SplitBarProperties {
  number: string;
  choice: SplitChoice;
  /// How many series the customer has in all.
  all: number;
  onSplit: (split: Split) => void;
}

export function SplitBar({ number, choice, all, onSplit }: SplitBarProperties) {
  const { t } = useLocalization();
  const [isAsking, setAsking] = useState(false);
  const count = choice.chosen.size;
  if (count === 0) return <p className="soft">{t('customers.split_hint')}</p>;
  return (
    <div className="selection" role="status" data-test="split-bar">
      <b>{t('customers.split_selected', { count })}</b>
      <Button
        size="small"
        icon={<SplitCellsOutlined />}
        disabled={count >= all}
        onClick={() => setAsking(true)}
        data-test="split"
      >
        {t('customers.split_preview')}
      </Button>
      <Button size="small" type="text" onClick={choice.clear}>
        {t('customers.clear_selection')}
      </Button>
      {count >= all && <span className="soft">{t('customers.split_keep_one')}</span>}
      {isAsking && (
        <SplitDialog
          number={number}
          series={[...choice.chosen]}
          onClose={() => setAsking(false)}
          onDone={(split) => {
            setAsking(false);
            choice.clear();
            onSplit(split);
          }}
        />
      )}
    </div>
  );
}
