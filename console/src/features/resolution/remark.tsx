/// What somebody said of a case, when and why.
import type { ReviewRemark } from '../../api/types';
import { useLocalization } from '../../i18n';

export function Remark({ title, remark }: { title: string; remark: ReviewRemark }) {
  const { instant } = useLocalization();
  return (
    <div className="remark">
      <div className="soft">
        {title} {remark.by} · {instant(remark.at)}
      </div>
      <div>{remark.reason}</div>
    </div>
  );
}
