/// Changing a saved mapping, its name too, as long as nobody else changed it meanwhile.
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Skeleton } from 'antd';
import type { Tagged } from '../../api/client';
import type { Mapping } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ChangeRefused } from '../../shell/reason';
import { Failed } from '../../shell/states';
import { MappingFields } from './mapping-fields';
import { type MappingValues, mappingOfValues, valuesOf } from './mapping-form';
import { changeMapping, intakeChanged, mappingQuery } from './queries';

interface MappingFormProperties {
  source: string;
  known: Tagged<Mapping>;
  onReload: () => void;
  onSaved: () => void;
}

function MappingForm({ source, known, onReload, onSaved }: MappingFormProperties) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: (values: MappingValues) =>
      changeMapping(source, known, values.name.trim(), mappingOfValues(values)),
    onSuccess: async () => {
      message.success(t('shell.saved'));
      onSaved();
      await intakeChanged();
    },
  });
  return (
    <Form<MappingValues>
      layout="vertical"
      initialValues={valuesOf(known.data)}
      onFinish={(values) => saving.mutate(values)}
    >
      <ChangeRefused error={saving.error} onReload={onReload} />
      <MappingFields />
      <Button type="primary" htmlType="submit" loading={saving.isPending} data-test="save-mapping">
        {t('shell.save')}
      </Button>
    </Form>
  );
}

function KnownMapping({ source, name, onSaved }: { source: string; name: string; onSaved: () => void }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(mappingQuery(source, name));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <MappingForm
      key={dataUpdatedAt}
      source={source}
      known={data}
      onReload={() => void refetch()}
      onSaved={onSaved}
    />
  );
}

interface MappingDrawerProperties {
  source: string;
  /// The mapping to change; none closes the drawer.
  name: string | undefined;
  onClose: () => void;
}

export function MappingDrawer({ source, name, onClose }: MappingDrawerProperties) {
  const { t } = useLocalization();
  return (
    <Drawer
      open={name !== undefined}
      onClose={onClose}
      destroyOnHidden
      size={560}
      title={t('intake.edit_mapping', { name: name ?? '' })}
    >
      {name !== undefined && <KnownMapping source={source} name={name} onSaved={onClose} />}
    </Drawer>
  );
}
