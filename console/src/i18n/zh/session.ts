/// Chinese sentences of signing in.
export const session = {
  'session.sign_in': '登录',
  'session.what': '客户信息系统',
  'session.expired': '登录已过期，请重新登录，之后会回到刚才的页面。',
  'session.name': '账号',
  'session.name_needed': '请输入账号',
  'session.password': '密码',
  'session.password_needed': '请输入密码',
};
