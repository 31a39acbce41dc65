/// A name for what the list shows now, and whether colleagues may use it.
import { useMutation } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal } from 'antd';
import type { NewSavedView, SavedView } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import type { Layout } from './layout';
import { saveView } from './queries';

/// A view that says what the list shows now. What was searched for is no part of it.
export function bodyOf(
  { name, shared }: Pick<NewSavedView, 'name' | 'shared'>,
  { order, kind, source }: Layout,
  columns: string[],
): NewSavedView {
  const filters = Object.entries({ kind, source }).filter(([, value]) => value !== undefined);
  return {
    list: 'customers',
    name: name.trim(),
    shared,
    columns,
    order: order ?? null,
    filters: Object.fromEntries(filters) as Record<string, string>,
  };
}

interface ViewDialogProperties {
  /// The view to rename; none saves a new one.
  view: SavedView | undefined;
  layout: Layout;
  columns: string[];
  onClose: () => void;
  onSaved: (id: string) => void;
}

type Values = Pick<NewSavedView, 'name' | 'shared'>;

export function ViewDialog({ view, layout, columns, onClose, onSaved }: ViewDialogProperties) {
  const { t } = useLocalization();
  const [form] = Form.useForm<Values>();
  const saving = useMutation({
    mutationFn: (values: Values) => saveView(bodyOf(values, layout, columns), view?.id),
    onSuccess: (saved) => onSaved(saved.id),
  });
  return (
    <Modal
      open
      title={t(view ? 'customers.view_rename' : 'customers.view_save')}
      okText={t('shell.save')}
      confirmLoading={saving.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('customers.view_hint')}</p>
      <ProblemAlert error={saving.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ name: view?.name ?? '', shared: view?.shared ?? false }}
        onFinish={(values) => saving.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('customers.view_name')}
          rules={[{ required: true, whitespace: true, message: t('shell.needed') }]}
        >
          <Input maxLength={60} autoFocus autoComplete="off" data-test="view-name" />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox data-test="view-shared">{t('customers.view_share')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
