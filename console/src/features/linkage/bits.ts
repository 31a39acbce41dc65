/// Evidence as a person reads it.
import { useLocalization } from '../../i18n';

/// Bits with their sign and one decimal.
export function useBits(): (bits: number) => string {
  const { language } = useLocalization();
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (bits) => format.format(bits);
}

/// A share that may be very small.
export function useShare(): (share: number) => string {
  const { language } = useLocalization();
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'percent',
    maximumSignificantDigits: 3,
  });
  return (share) => format.format(share);
}
