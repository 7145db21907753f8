-- +goose Up
create table pins (
  id     text primary key,
  viewer text not null,
  at     text not null,
  query  text not null,
  chart  text not null
);
create index pins_by_viewer on pins (viewer, at);

create table exports (
  answer_id text not null references answers (id),
  viewer    text not null,
  at        text not null,
  form      text not null
);

create index answers_by_viewer on answers (viewer, asked_at);

-- +goose Down
drop index answers_by_viewer;
drop table exports;
drop table pins;
