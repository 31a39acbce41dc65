/// Imports to be taken up again where they were left.
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { forgetImport, type UnfinishedImport, unfinishedImports } from './unfinished';

export function UnfinishedImports({ onResume }: { onResume: (unfinished: UnfinishedImport) => void }) {
  const { t, instant } = useLocalization();
  const [imports, setImports] = useState(unfinishedImports);
  if (imports.length === 0) return null;
  function forget(upload: string): void {
    forgetImport(upload);
    setImports(unfinishedImports());
  }
  return (
    <Panel title={t('intake.unfinished')} extra={<span className="soft">{t('intake.unfinished_hint')}</span>}>
      <Table<UnfinishedImport>
        size="small"
        rowKey="upload"
        pagination={false}
        dataSource={imports}
        scroll={{ x: 640 }}
        columns={[
          { title: t('intake.file'), dataIndex: 'file' },
          { title: t('intake.source'), render: (_, known) => known.source ?? '—' },
          {
            title: t('intake.left_at'),
            render: (_, known) => t(known.trial ? 'intake.step_trial' : 'intake.step_columns'),
          },
          { title: t('intake.changed'), render: (_, known) => instant(new Date(known.at).toISOString()) },
          {
            title: <span className="hidden">{t('intake.go_on')}</span>,
            width: 170,
            render: (_, known) => (
              <div className="page-actions">
                <Button size="small" type="primary" onClick={() => onResume(known)} data-test="go-on">
                  {t('intake.go_on')}
                </Button>
                <Button size="small" onClick={() => forget(known.upload)}>
                  {t('intake.forget')}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </Panel>
  );
}
