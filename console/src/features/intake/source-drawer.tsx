/// Declaring a source (来源), or changing what was said of it as long as nobody else changed it meanwhile.
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Skeleton } from 'antd';
import type { Tagged } from '../../api/client';
import type { NewSource, Source } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ChangeRefused } from '../../shell/reason';
import { Failed } from '../../shell/states';
import { createSource, intakeChanged, replaceSource, sourceQuery } from './queries';
import { SourceFields } from './source-fields';

interface SourceDrawerProperties {
  open: boolean;
  /// The code of the source to change; none declares a new one.
  code?: string;
  onClose: () => void;
  onSaved: (code: string) => void;
}

interface SourceFormProperties {
  known?: Tagged<Source>;
  onReload: () => void;
  onSaved: (code: string) => void;
}

function saidOf({ code, name, channel, owner, trust, purpose, legal_basis }: NewSource): NewSource {
  return { code, name, channel, owner, trust, purpose, legal_basis };
}

function useSaving({ known, onSaved }: SourceFormProperties) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (values: NewSource) =>
      known ? replaceSource(saidOf(values), known.tag) : createSource(values),
    onSuccess: async (source) => {
      message.success(t('shell.saved'));
      await intakeChanged();
      onSaved(source.code);
    },
  });
}

function SourceForm(properties: SourceFormProperties) {
  const { t } = useLocalization();
  const { known, onReload } = properties;
  const saving = useSaving(properties);
  return (
    <Form<NewSource>
      layout="vertical"
      initialValues={known ? saidOf(known.data) : { trust: 50 }}
      onFinish={(values) => saving.mutate(values)}
    >
      <ChangeRefused error={saving.error} onReload={onReload} />
      <SourceFields isNew={!known} />
      <Button type="primary" htmlType="submit" loading={saving.isPending} data-test="save-source">
        {t('shell.save')}
      </Button>
    </Form>
  );
}

/// What stands there is asked for when the drawer opens, so that its tag is that of what is shown.
function KnownSource({ code, onSaved }: { code: string; onSaved: (code: string) => void }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(sourceQuery(code));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  return <SourceForm key={dataUpdatedAt} known={data} onReload={() => void refetch()} onSaved={onSaved} />;
}

export function SourceDrawer({ open, code, onClose, onSaved }: SourceDrawerProperties) {
  const { t } = useLocalization();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      size={480}
      title={code ? t('intake.edit_source', { code }) : t('intake.new_source')}
    >
      {code ? (
        <KnownSource code={code} onSaved={onSaved} />
      ) : (
        <SourceForm onReload={() => undefined} onSaved={onSaved} />
      )}
    </Drawer>
  );
}
