/// English sentences of the audit log.
export const audit = {
  'audit.lead': 'Every write and every look at a sensitive value stands here.',
  'audit.position': 'Position',
  'audit.at': 'At',
  'audit.actor': 'By',
  'audit.action': 'Action',
  'audit.subject': 'Subject',
  'audit.detail': 'Detail',
  'audit.unsequenced': 'pending',
  'audit.none': 'There are no entries',
  'audit.none_hint': 'Clear the filters.',
};
