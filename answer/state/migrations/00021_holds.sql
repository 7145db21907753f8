-- +goose Up
alter table deliveries add column stopped integer not null default 0;

create table holds (
  name  text primary key,
  owner text not null,
  until text not null
);

-- +goose Down
drop table holds;
alter table deliveries drop column stopped;
