-- +goose Up
create table readings (
  key       text primary key,
  at        text not null,
  day       text not null,
  lasting   integer not null,
  outcome   text not null,
  lines     text not null,
  questions text not null
);

create table exchanges (
  id         integer primary key,
  answer_id  text not null,
  viewer     text not null,
  at         text not null,
  day        text not null,
  purpose    text not null,
  endpoint   text not null,
  model      text not null,
  prompt     text not null,
  reply      text not null,
  tokens_in  integer not null,
  tokens_out integer not null,
  cost       real not null,
  micros     integer not null,
  line       text not null,
  failed     text not null
);
create index exchanges_by_answer on exchanges (answer_id);
create index exchanges_by_day on exchanges (day, viewer);

-- +goose Down
drop table exchanges;
drop table readings;
