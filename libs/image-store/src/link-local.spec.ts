import { isLinkLocal } from './link-local';

it.each([
  'http://169.254.169.254/latest/meta-data',
  'http://user:secret@169.254.169.254:80/',
  'http://169.254.1.2./x',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://[fe80::1]/image',
  'http://[febf::1]/image',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
])('%s is link-local', (uri) => {
  expect(isLinkLocal(uri)).toBe(true);
});

it.each(['http://169.253.1.1/', 'http://127.0.0.1/', 'http://[::1]/', 'https://images.test/169.254.1.1', 'not a url'])(
  '%s is not',
  (uri) => {
    expect(isLinkLocal(uri)).toBe(false);
  },
);
