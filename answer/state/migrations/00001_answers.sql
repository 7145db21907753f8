-- +goose Up
create table answers (
  id            text primary key,
  viewer        text not null,
  conversation  text not null,
  asked_at      text not null,
  question      text not null,
  query         text not null,
  chart         text not null,
  kind          text not null,
  model_version text not null,
  body          text not null
);
create index answers_by_conversation on answers (viewer, conversation, asked_at);

create table feedback (
  answer_id text not null references answers (id),
  viewer    text not null,
  at        text not null,
  thumb     integer not null,
  reasons   text not null,
  comment   text not null,
  primary key (answer_id, viewer)
);

-- +goose Down
drop table feedback;
drop table answers;
