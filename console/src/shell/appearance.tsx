/// Light and dark, and what antd and our own style sheet share of them.
import { App, ConfigProvider, type ThemeConfig, theme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'dayjs/locale/en-gb';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useLocalization } from '../i18n';

type Brightness = 'light' | 'dark';
const storageName = 'hubu.brightness';

interface Appearance {
  brightness: Brightness;
  setBrightness: (brightness: Brightness) => void;
}

const AppearanceContext = createContext<Appearance>({ brightness: 'light', setBrightness: () => undefined });

/// Secondary text is darker than antd's default, which fails the contrast of WCAG AA at 14 px.
const secondaryText = {
  light: { colorTextSecondary: '#4a5361', colorTextTertiary: '#596372', colorTextQuaternary: '#667080' },
  dark: { colorTextSecondary: '#c0c6cf', colorTextTertiary: '#a9b0ba', colorTextQuaternary: '#98a0ab' },
};

/// antd derives surfaces from the seed colours; from seeds dark enough to read they come out muddy.
const surfaces = {
  light: {
    colorPrimaryBg: '#e6f0fa',
    colorInfo: '#1d5c9e',
    colorInfoBg: '#eaf3fb',
    colorInfoBorder: '#bcd6ef',
    colorSuccessBg: '#e9f6ed',
    colorSuccessBorder: '#b5dcc2',
    colorWarningBg: '#fdf3dc',
    colorWarningBorder: '#ecd08c',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#f2bdb8',
  },
  dark: {
    colorPrimaryBg: '#1b3249',
    colorInfo: '#7db4ec',
    colorInfoBg: '#182b3d',
    colorInfoBorder: '#2b4f73',
    colorSuccessBg: '#16301f',
    colorSuccessBorder: '#2c5f3d',
    colorWarningBg: '#372a12',
    colorWarningBorder: '#6b5220',
    colorErrorBg: '#3a1c1b',
    colorErrorBorder: '#6f3330',
  },
};

/// Words in these colours stand on every surface above, hence brighter ones on dark.
const signals = {
  light: { bad: '#bf2620', good: '#21773f', doubtful: '#8f5b08' },
  dark: { bad: '#ff9a94', good: '#7fdc9c', doubtful: '#f5b95a' },
};

function themeOf(brightness: Brightness): ThemeConfig {
  const dark = brightness === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3f7fc0' : '#1d5c9e',
      colorLink: dark ? '#7db4ec' : '#1d5c9e',
      colorError: dark ? '#ff8780' : '#bf2620',
      colorSuccess: dark ? '#6bd08c' : '#21773f',
      colorWarning: dark ? '#f5b95a' : '#96600a',
      colorBgLayout: dark ? '#101317' : '#f3f5f7',
      colorBgContainer: dark ? '#181c22' : '#ffffff',
      colorBgElevated: dark ? '#20252c' : '#ffffff',
      colorTextPlaceholder: secondaryText[brightness].colorTextQuaternary,
      ...secondaryText[brightness],
      ...surfaces[brightness],
      fontSize: 14,
      borderRadius: 4,
      controlHeight: 30,
      wireframe: false,
      fontFamily:
        "Inter, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif",
    },
    components: {
      Alert: { defaultPadding: '6px 12px', withDescriptionPadding: '8px 12px', withDescriptionIconSize: 16 },
      Tabs: { horizontalMargin: '0 0 12px 0', ...(dark && { itemSelectedColor: '#7db4ec' }) },
      Table: { cellPaddingBlockSM: 3, cellPaddingInlineSM: 8 },
      Descriptions: { itemPaddingBottom: 4 },
    },
  };
}

/// antd keeps its tokens to itself; our style sheet reads these.
function StyleSheetVariables({ brightness }: { brightness: Brightness }) {
  const { token } = theme.useToken();
  useEffect(() => {
    const root = document.documentElement.style;
    const variables: Record<string, string> = {
      text: token.colorText,
      'text-soft': token.colorTextTertiary,
      line: token.colorBorderSecondary,
      layout: token.colorBgLayout,
      surface: token.colorBgContainer,
      hover: token.colorFillTertiary,
      chosen: token.colorPrimaryBg,
      primary: token.colorPrimary,
      link: token.colorLink,
      ...signals[brightness],
      'doubtful-surface': token.colorWarningBg,
      font: token.fontFamily,
    };
    for (const [name, value] of Object.entries(variables)) root.setProperty(`--${name}`, value);
  }, [token, brightness]);
  return null;
}

function remembered(): Brightness {
  const stored = localStorage.getItem(storageName);
  if (stored === 'dark' || stored === 'light') return stored;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function AppearanceProvider({ children }: { children: ReactNode }) {
  const [brightness, setBrightness] = useState<Brightness>(remembered);
  const { language } = useLocalization();
  useEffect(() => {
    localStorage.setItem(storageName, brightness);
    document.documentElement.style.colorScheme = brightness;
  }, [brightness]);
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en-gb');
  }, [language]);
  const settings = useMemo(() => themeOf(brightness), [brightness]);
  const appearance = useMemo(() => ({ brightness, setBrightness }), [brightness]);
  return (
    <AppearanceContext value={appearance}>
      <ConfigProvider
        theme={settings}
        locale={language === 'zh' ? zhCN : enGB}
        button={{ autoInsertSpace: false }}
      >
        <StyleSheetVariables brightness={brightness} />
        <App component={false}>{children}</App>
      </ConfigProvider>
    </AppearanceContext>
  );
}

export function useAppearance(): Appearance {
  return useContext(AppearanceContext);
}
