/// Authenticity (信息真实性): a number, two names, an address, checked while a person types. Nothing of it is kept.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useLocalization } from '../../i18n';
import { Page } from '../../shell/page';
import { AddressTool } from './address-tool';
import { IdentifierTool } from './identifier-tool';
import { NamesTool } from './names-tool';

export function AuthenticityPage() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { tool = 'identifier' } = useSearch({ from: '/frame/authenticity' });
  return (
    <Page title={t('shell.area_authenticity')} lead={t('authenticity.lead')}>
      <Tabs
        activeKey={tool}
        onChange={(chosen) =>
          void navigate({ to: '/authenticity', search: { tool: chosen as typeof tool }, replace: true })
        }
        destroyOnHidden
        items={[
          { key: 'identifier', label: t('authenticity.identifier'), children: <IdentifierTool /> },
          { key: 'names', label: t('authenticity.names'), children: <NamesTool /> },
          { key: 'address', label: t('authenticity.address'), children: <AddressTool /> },
        ]}
      />
    </Page>
  );
}
