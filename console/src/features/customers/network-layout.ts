/// Where the nodes of a network stand: the customer asked for in the middle, contacts beside it, other customers outside,
/// on two sides like the branches of a tree. The same network always gives the same places, and no two nodes overlap.
import type { Household, Network, NetworkCustomer, SharedContact } from '../../api/types';

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface CustomerNode extends Place {
  customer: NetworkCustomer;
  isAsked: boolean;
}
export interface ContactNode extends Place {
  contact: SharedContact;
}
export interface Line {
  key: string;
  path: string;
  kind: 'plain' | 'crowded' | 'tie';
}
export interface Circled extends Place {
  household: Household;
  /// Whether the customer asked for is one of them.
  withAsked: boolean;
}
export interface NetworkLayout {
  left: number;
  width: number;
  height: number;
  customers: CustomerNode[];
  contacts: ContactNode[];
  lines: Line[];
  circled: Circled[];
}

/// A column on either side, by the distance of its middle from the middle of the picture.
const outer = { distance: 440, width: 200, height: 40, gap: 8 };
const inner = { distance: 210, width: 170, height: 42, gap: 16 };
const middle = { width: 180, height: 54 };
/// The room that a household takes around its members, above them with its name.
const around = { top: 22, side: 8, bottom: 12 };
const margin = 12;

/// Customers that stand together: a household, or one alone.
interface Unit {
  household?: Household;
  customers: NetworkCustomer[];
  /// The contact by which they stand.
  contact: number;
}
interface Side {
  sign: -1 | 1;
  units: Unit[];
}

export function networkLayout(network: Network): NetworkLayout {
  const [asked, ...others] = network.customers;
  if (!asked) return { left: 0, width: 0, height: 0, customers: [], contacts: [], lines: [], circled: [] };
  const sides = dividedIntoSides(unitsOf(network, others));
  const contacts = contactsBySide(network, sides);
  const heights = [
    middle.height,
    ...sides.map(outerHeight),
    ...contacts.map((some) => some.length * (inner.height + inner.gap)),
  ];
  const height = Math.max(...heights) + 2 * margin;
  const nodes: CustomerNode[] = [
    { customer: asked, isAsked: true, x: -middle.width / 2, y: (height - middle.height) / 2, ...middle },
  ];
  const circled: Circled[] = [];
  for (const side of sides) placeCustomers(side, height, asked, nodes, circled);
  const contactNodes = sides.flatMap((side, index) => placeContacts(side, contacts[index] ?? [], height));
  const places = [...nodes, ...contactNodes, ...circled];
  const left = Math.min(...places.map(({ x }) => x)) - margin;
  const right = Math.max(...places.map(({ x, width }) => x + width)) + margin;
  const lines = linesOf(network, nodes, contactNodes);
  return { left, width: right - left, height, customers: nodes, contacts: contactNodes, lines, circled };
}

function unitsOf(network: Network, others: NetworkCustomer[]): Unit[] {
  const first = new Map<string, number>();
  for (const { customer, contact } of network.edges) {
    first.set(customer, Math.min(first.get(customer) ?? contact, contact));
  }
  const units: Unit[] = [];
  const placed = new Set<string>();
  for (const customer of others) {
    if (placed.has(customer.number)) continue;
    const household = network.households.find(({ members }) => members.includes(customer.number));
    const together = household
      ? others.filter(({ number }) => household.members.includes(number))
      : [customer];
    for (const { number } of together) placed.add(number);
    const contacts = together.map(({ number }) => first.get(number) ?? Number.MAX_SAFE_INTEGER);
    units.push({ household, customers: together, contact: Math.min(...contacts) });
  }
  return units.sort((one, other) => one.contact - other.contact);
}

/// Units of one contact stand on one side, each next contact where fewer customers stand; the right one first.
function dividedIntoSides(units: Unit[]): Side[] {
  const right: Side = { sign: 1, units: [] };
  const left: Side = { sign: -1, units: [] };
  const size = (side: Side) => side.units.reduce((sum, unit) => sum + unit.customers.length, 0);
  for (const contact of new Set(units.map((unit) => unit.contact))) {
    const side = size(left) < size(right) ? left : right;
    side.units.push(...units.filter((unit) => unit.contact === contact));
  }
  return [right, left];
}

/// Each contact stands where most of its customers do, else where fewer contacts stand.
function contactsBySide(network: Network, sides: Side[]): SharedContact[][] {
  const contacts: SharedContact[][] = sides.map(() => []);
  const numbers = sides.map(
    ({ units }) => new Set(units.flatMap((unit) => unit.customers.map(({ number }) => number))),
  );
  for (const contact of network.contacts) {
    const holders = network.edges.filter((edge) => edge.contact === contact.id);
    const [right = 0, left = 0] = numbers.map(
      (side) => holders.filter(({ customer }) => side.has(customer)).length,
    );
    const [onRight = [], onLeft = []] = contacts;
    const isLeft = left > right || (left === right && onLeft.length < onRight.length);
    (isLeft ? onLeft : onRight).push(contact);
  }
  return contacts;
}

function unitHeight({ household, customers }: Unit): number {
  const boxes = customers.length * (outer.height + outer.gap);
  return household ? boxes + around.top + around.bottom : boxes;
}

function outerHeight({ units }: Side): number {
  return units.reduce((sum, unit) => sum + unitHeight(unit), 0);
}

function placeCustomers(
  side: Side,
  height: number,
  asked: NetworkCustomer,
  nodes: CustomerNode[],
  circled: Circled[],
): void {
  const x = side.sign * outer.distance - outer.width / 2;
  let y = (height - outerHeight(side)) / 2;
  for (const unit of side.units) {
    const top = y;
    if (unit.household) y += around.top;
    for (const customer of unit.customers) {
      nodes.push({ customer, isAsked: false, x, y, width: outer.width, height: outer.height });
      y += outer.height + outer.gap;
    }
    if (!unit.household) continue;
    circled.push({
      household: unit.household,
      withAsked: unit.household.members.includes(asked.number),
      x: x - around.side,
      y: top,
      width: outer.width + 2 * around.side,
      height: y - top - outer.gap + around.side,
    });
    y += around.bottom;
  }
}

function placeContacts(side: Side, contacts: SharedContact[], height: number): ContactNode[] {
  const { width, gap } = inner;
  const pitch = inner.height + gap;
  const top = (height - contacts.length * pitch + gap) / 2;
  return contacts.map((contact, index) => ({
    contact,
    x: side.sign * inner.distance - width / 2,
    y: top + index * pitch,
    width,
    height: inner.height,
  }));
}

/// A curve from one node to the other, from the sides that face each other.
function curve(from: Place, to: Place): string {
  const isRightward = to.x + to.width / 2 > from.x + from.width / 2;
  const startX = isRightward ? from.x + from.width : from.x;
  const endX = isRightward ? to.x : to.x + to.width;
  const startY = from.y + from.height / 2;
  const endY = to.y + to.height / 2;
  const bend = (startX + endX) / 2;
  return `M${startX} ${startY}C${bend} ${startY} ${bend} ${endY} ${endX} ${endY}`;
}

function linesOf(network: Network, customers: CustomerNode[], contacts: ContactNode[]): Line[] {
  const nodes = new Map(customers.map((node) => [node.customer.number, node]));
  const shared = new Map(contacts.map((node) => [node.contact.id, node]));
  const lines: Line[] = [];
  for (const { customer, contact } of network.edges) {
    const from = shared.get(contact);
    const to = nodes.get(customer);
    if (!from || !to) continue;
    const kind = from.contact.crowded ? 'crowded' : 'plain';
    lines.push({ key: `${contact} ${customer}`, path: curve(from, to), kind });
  }
  // Whom no contact ties to the others is tied to the one asked for by the reason of its group.
  const [asked] = customers;
  const reached = new Set(network.edges.map(({ customer }) => customer));
  for (const node of customers) {
    if (!asked || node.isAsked || reached.has(node.customer.number)) continue;
    lines.push({ key: `tie ${node.customer.number}`, path: curve(asked, node), kind: 'tie' });
  }
  return lines;
}

/// As much of a name as fits: a Chinese character is as wide as two letters. The whole name is told elsewhere.
export function shortened(name: string, letters: number): string {
  const width = (character: string) => ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1);
  const characters = [...name];
  const whole = characters.reduce((sum, character) => sum + width(character), 0);
  if (whole <= letters) return name;
  let left = letters - 1;
  const kept: string[] = [];
  for (const character of characters) {
    left -= width(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('')}…`;
}
