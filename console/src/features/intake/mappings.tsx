/// The saved mappings (列映射) of a source: what they say at a glance; to be changed, renamed or forgotten.
import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Modal, Skeleton, Table, Tag } from 'antd';
import { useState } from 'react';
import type { Mapping, Source } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { Failed } from '../../shell/states';
import { useLabels } from '../customers/labels';
import { MappingDrawer } from './mapping-drawer';
import { forgetMapping, intakeChanged, mappingsQuery } from './queries';

const columnsShown = 6;

function ForgetMapping({ source, name, onDone }: { source: string; name: string; onDone: () => void }) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const forgetting = useMutation({
    mutationFn: () => forgetMapping(source, name),
    onSuccess: async () => {
      onDone();
      message.success(t('intake.mapping_forgotten', { name }));
      await intakeChanged();
    },
  });
  return (
    <Modal
      open
      title={t('intake.forget_mapping_title', { name })}
      okText={t('intake.forget_mapping')}
      okButtonProps={{ danger: true }}
      confirmLoading={forgetting.isPending}
      onOk={() => forgetting.mutate()}
      onCancel={onDone}
    >
      <p className="soft">{t('intake.forget_mapping_hint')}</p>
      <ProblemAlert error={forgetting.error} />
    </Modal>
  );
}

function Meanings({ mapping }: { mapping: Mapping }) {
  const labels = useLabels();
  const mapped = mapping.columns.filter((column) => column.attribute);
  return (
    <div className="chips">
      {mapped.slice(0, columnsShown).map((column) => (
        <Tag key={column.column}>
          {column.column} → {labels.attribute(column.attribute)}
        </Tag>
      ))}
      {mapped.length > columnsShown && <Tag>+{mapped.length - columnsShown}</Tag>}
    </div>
  );
}

export function Mappings({ source }: { source: Source }) {
  const { t, instant } = useLocalization();
  const { data, error, refetch } = useQuery(mappingsQuery(source.code));
  const [editing, setEditing] = useState<string>();
  const [forgetting, setForgetting] = useState<string>();
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />;
  if (data.items.length === 0) return <span className="soft">{t('intake.no_mappings')}</span>;
  return (
    <>
      <Table<Mapping>
        size="small"
        rowKey="name"
        className="wide"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={data.items}
        scroll={{ x: 760 }}
        columns={[
          { title: t('intake.mapping_name'), width: 180, render: (_, mapping) => <b>{mapping.name}</b> },
          { title: t('intake.key_column'), width: 130, render: (_, mapping) => mapping.key_column ?? '—' },
          { title: t('intake.means'), render: (_, mapping) => <Meanings mapping={mapping} /> },
          { title: t('intake.changed'), width: 190, render: (_, mapping) => instant(mapping.updated_at) },
          {
            title: <span className="hidden">{t('shell.actions')}</span>,
            width: 90,
            render: (_, { name }) => (
              <div className="row-actions">
                <Button
                  size="small"
                  type="text"
                  icon={<EditOutlined />}
                  aria-label={t('intake.edit_mapping', { name })}
                  data-test="edit-mapping"
                  onClick={() => setEditing(name)}
                />
                <Button
                  size="small"
                  type="text"
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={t('intake.forget_mapping_title', { name })}
                  data-test="forget-mapping"
                  onClick={() => setForgetting(name)}
                />
              </div>
            ),
          },
        ]}
      />
      <MappingDrawer source={source.code} name={editing} onClose={() => setEditing(undefined)} />
      {forgetting && (
        <ForgetMapping source={source.code} name={forgetting} onDone={() => setForgetting(undefined)} />
      )}
    </>
  );
}
