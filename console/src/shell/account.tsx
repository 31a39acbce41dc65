/// Language, brightness and the account, at the top right.
import { LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tooltip } from 'antd';
import { answer, client } from '../api/client';
import { queryClient, sessionQuery } from '../api/queries';
import { type Key, useLocalization } from '../i18n';
import { useAppearance } from './appearance';
import { forgetWindows } from './list/window';

export function LanguageSwitch() {
  const { t, language, setLanguage } = useLocalization();
  return (
    <Button
      type="text"
      data-test="language"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
    >
      {t('shell.language_other')}
    </Button>
  );
}

export function BrightnessSwitch() {
  const { t } = useLocalization();
  const { brightness, setBrightness } = useAppearance();
  const dark = brightness === 'dark';
  const label = t(dark ? 'shell.to_light' : 'shell.to_dark');
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        data-test="brightness"
        aria-label={label}
        icon={dark ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => setBrightness(dark ? 'light' : 'dark')}
      />
    </Tooltip>
  );
}

function useSignOut() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/sessions/current')),
    onSettled: async () => {
      queryClient.clear();
      forgetWindows();
      await navigate({ to: '/sign-in', search: {} });
    },
  });
}

export function AccountMenu() {
  const { t } = useLocalization();
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut();
  const account = session?.account;
  return (
    <div className="account">
      <LanguageSwitch />
      <BrightnessSwitch />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'role',
              label: t('shell.role', { role: account ? t(`shell.roles.${account.role}` satisfies Key) : '' }),
              disabled: true,
            },
            {
              key: 'out',
              icon: <LogoutOutlined />,
              label: t('shell.sign_out'),
              onClick: () => signOut.mutate(),
            },
          ],
        }}
      >
        <Button type="text" icon={<UserOutlined />} data-test="account">
          <span className="account-name">{account?.display_name}</span>
        </Button>
      </Dropdown>
    </div>
  );
}
