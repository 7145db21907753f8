-- +goose Up
create table deliveries (
  id       integer primary key,
  bot      text not null,
  event    text,
  message  text,
  lane     text not null,
  body     text not null,
  at       text not null,
  state    text not null default 'waiting',
  attempts integer not null default 0,
  due      text not null,
  owner    text not null default '',
  failure  text not null default ''
);
create unique index deliveries_by_event on deliveries (bot, event);
create unique index deliveries_by_message on deliveries (bot, message);
create index deliveries_open on deliveries (at, id, due) where state = 'waiting';
create index deliveries_by_lane on deliveries (bot, lane, at, id) where state = 'waiting';

create table posts (
  id       integer primary key,
  delivery integer not null references deliveries (id),
  n        integer not null,
  key      text not null unique,
  bot      text not null,
  chat     text not null,
  body     text not null,
  state    text not null default 'waiting',
  attempts integer not null default 0,
  unsure   integer not null default 0,
  due      text not null,
  owner    text not null default '',
  remote   text not null default '',
  failure  text not null default '',
  unique (delivery, n)
);
create index posts_open on posts (id, due) where state = 'waiting';

create table people (
  bot    text not null,
  tenant text not null,
  person text not null,
  viewer text not null,
  body   text not null,
  at     text not null,
  until  text not null,
  primary key (bot, tenant, person)
);

-- +goose Down
drop table people;
drop table posts;
drop table deliveries;
