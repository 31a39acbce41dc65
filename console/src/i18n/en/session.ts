/// English sentences of signing in.
export const session = {
  'session.sign_in': 'Sign in',
  'session.what': 'Customer information system',
  'session.expired': 'Your session has expired. Sign in again to return to where you were.',
  'session.name': 'Account',
  'session.name_needed': 'Enter your account',
  'session.password': 'Password',
  'session.password_needed': 'Enter your password',
};
