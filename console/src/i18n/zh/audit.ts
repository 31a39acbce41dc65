/// Chinese sentences of the audit log.
export const audit = {
  'audit.lead': '每一次写入和每一次查看敏感值都在这里。',
  'audit.position': '序号',
  'audit.at': '时间',
  'audit.actor': '操作人',
  'audit.action': '动作',
  'audit.subject': '对象',
  'audit.detail': '详情',
  'audit.unsequenced': '待编号',
  'audit.none': '没有日志条目',
  'audit.none_hint': '请清除筛选条件。',
};
