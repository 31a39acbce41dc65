/// Where a file comes from: a known source, or a new one on the spot.
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { SourceDrawer } from './source-drawer';

export function SourcePicker({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (code: string) => void;
}) {
  const { t, number } = useLocalization();
  const mayDeclare = usePermission('administer');
  const [creating, setCreating] = useState(false);
  const { data, isLoading } = useQuery(sourcesQuery);
  return (
    <div className="toolbar">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className="source-select"
        data-test="source-select"
        value={value}
        loading={isLoading}
        placeholder={t('intake.choose_source')}
        aria-label={t('intake.choose_source')}
        onChange={onChange}
        options={data?.items.map((source) => ({
          value: source.code,
          label: `${source.name} (${source.code}) · ${t('intake.source_records', { count: number(source.records) })}`,
        }))}
      />
      {mayDeclare ? (
        <Button icon={<PlusOutlined />} onClick={() => setCreating(true)} data-test="new-source">
          {t('intake.new_source')}
        </Button>
      ) : (
        <span className="soft">{t('intake.new_source_by_whom')}</span>
      )}
      <SourceDrawer
        open={creating}
        onClose={() => setCreating(false)}
        onSaved={(code) => {
          setCreating(false);
          onChange(code);
        }}
      />
    </div>
  );
}
