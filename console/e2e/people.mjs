/// Invented people for the tests: valid check digits, numbers that no earlier run has used.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export function identityNumber(seventeen) {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0);
  return seventeen + '10X98765432'[sum % 11];
}

/// Each run draws its own part of the number space, so that the tests can be run again on the same store.
const run = Date.now() % 10_000_000;
const day = String(1 + (run % 28)).padStart(2, '0');
const month = String(1 + (Math.floor(run / 28) % 12)).padStart(2, '0');
const year = 1940 + (Math.floor(run / 336) % 60);
const phoneTail = String(run).padStart(7, '0');

export const source = `e2e-${run.toString(36)}`;
export const person = {
  name: '欧阳测试',
  pinyin: 'ouyang ceshi',
  mobile: `139${phoneTail}1`,
  number: identityNumber(`330106${year}${month}${day}${String(run % 1000).padStart(3, '0')}`),
};
export const other = {
  name: '诸葛验证',
  mobile: `138${phoneTail}2`,
  number: identityNumber(`110105${year}${month}${day}${String((run + 1) % 1000).padStart(3, '0')}`),
};
/// Comes without the key of its source: the import holds the row back until somebody fills it in.
export const keyless = {
  name: '司马无号',
  mobile: `137${phoneTail}3`,
  number: identityNumber(`330106${year}${month}${day}${String((run + 2) % 1000).padStart(3, '0')}`),
};

/// Two names under one number: the import leaves it to a person whether they are one customer.
const sharedNumber = identityNumber(
  `330106${year}${month}${day}${String((run + 3) % 1000).padStart(3, '0')}`,
);
const namesakes = [
  { name: '南宫持证', mobile: `136${phoneTail}4`, number: sharedNumber },
  { name: '申屠借号', mobile: `135${phoneTail}5`, number: sharedNumber },
];

const header = '客户号,姓名,身份证号,手机号码,旧网点号';
const line = (key, { name, number, mobile }) => [key, name, number, mobile, '0571'].join(',');

const rows = [
  line('K1', person),
  line('K2', other),
  line('', keyless),
  line('K4', namesakes[0]),
  line('K5', namesakes[1]),
];

/// The file of the import test: two plain rows, one without a key, two that share a number.
export const file = { name: `${source}.csv`, bytes: Buffer.from(`${[header, ...rows].join('\n')}\n`) };
