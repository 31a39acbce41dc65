/// The network of a customer as a picture; the tables beside it say the same in words.
import { useNavigate } from '@tanstack/react-router';
import { type MouseEvent, useMemo } from 'react';
import type { Network } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useLabels } from './labels';
import {
  type Circled,
  type ContactNode,
  type CustomerNode,
  networkLayout,
  shortened,
} from './network-layout';

function Customer({ node }: { node: CustomerNode }) {
  const { t } = useLocalization();
  const labels = useLabels();
  const navigate = useNavigate();
  const { customer, isAsked, x, y, width, height } = node;
  const name = customer.name || t('customers.nameless');
  const middle = x + width / 2;
  const said = `${name} ${customer.number} ${labels.kind(customer.kind)}`;
  const content = (
    <>
      <title>{said}</title>
      <rect x={x} y={y} width={width} height={height} rx={6} />
      <text x={middle} y={y + height / 2 - 3} textAnchor="middle">
        {shortened(name, isAsked ? 22 : 26)}
      </text>
      <text x={middle} y={y + height / 2 + 13} textAnchor="middle" className="small">
        {isAsked ? t('network.this_one') : customer.number}
      </text>
    </>
  );
  if (isAsked) return <g className="network-node asked">{content}</g>;
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const params = { number: customer.number };
    void navigate({ to: '/customers/$number', params, search: { tab: 'network' } });
  };
  return (
    <a
      className="network-node"
      href={`/customers/${customer.number}?tab=network`}
      aria-label={said}
      data-test="network-customer"
      onClick={open}
    >
      {content}
    </a>
  );
}

function Contact({ node }: { node: ContactNode }) {
  const { t } = useLocalization();
  const { contact, x, y, width, height } = node;
  const kind = t(`network.kind.${contact.kind}`);
  const value = `${kind} ${contact.value}`;
  const count = contact.customers.exact
    ? contact.customers.value
    : t('network.at_least', { count: contact.customers.value });
  const held = t('network.held_by', { count });
  return (
    <g className={contact.crowded ? 'network-contact crowded' : 'network-contact'}>
      <title>
        {contact.crowded ? `${value} · ${held} · ${t('network.crowded_hint')}` : `${value} · ${held}`}
      </title>
      <rect x={x} y={y} width={width} height={height} rx={height / 2} />
      <text x={x + width / 2} y={y + height / 2 - 3} textAnchor="middle">
        {shortened(value, 22)}
      </text>
      <text x={x + width / 2} y={y + height / 2 + 13} textAnchor="middle" className="small">
        {contact.crowded ? `${held} · ${t('network.crowded')}` : held}
      </text>
    </g>
  );
}

function Circle({ circle }: { circle: Circled }) {
  const { t } = useLocalization();
  const { household, withAsked, x, y, width, height } = circle;
  const kind = t(`network.circle.${household.kind}`);
  return (
    <g className="network-household">
      <rect x={x} y={y} width={width} height={height} rx={10} />
      <text x={x + 10} y={y + 16}>
        {withAsked ? `${kind} + ${t('network.this_one')}` : kind}
      </text>
    </g>
  );
}

export function NetworkGraph({ network }: { network: Network }) {
  const { t } = useLocalization();
  const drawn = useMemo(() => networkLayout(network), [network]);
  const parameters = {
    name: network.customers[0]?.name || t('customers.nameless'),
    customers: network.customers.length - 1,
    contacts: network.contacts.length,
  };
  return (
    <figure className="network-graph" data-test="network-graph">
      <svg
        role="group"
        aria-label={t('network.graph', parameters)}
        width={drawn.width}
        height={drawn.height}
        viewBox={`${drawn.left} 0 ${drawn.width} ${drawn.height}`}
      >
        {drawn.circled.map((circle) => (
          <Circle key={circle.household.members.join(' ')} circle={circle} />
        ))}
        {drawn.lines.map(({ key, path, kind }) => (
          <path key={key} d={path} className={`network-edge ${kind}`} />
        ))}
        {drawn.contacts.map((node) => (
          <Contact key={node.contact.id} node={node} />
        ))}
        {drawn.customers.map((node) => (
          <Customer key={node.customer.number} node={node} />
        ))}
      </svg>
    </figure>
  );
}
