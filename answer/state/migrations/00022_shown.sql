-- +goose Up
alter table deliveries add column shown text not null default '';
alter table posts add column lane text not null default '';
create index posts_by_lane on posts (bot, lane, id) where state = 'waiting';

-- +goose Down
drop index posts_by_lane;
alter table posts drop column lane;
alter table deliveries drop column shown;
