-- Abbreviations of the schema's own tables, and those everybody uses.
create table airports (iata_cd text primary key, apt_name text, city text, cntry text);
create table aircraft (tail_no text primary key, acft_type text, mfr text, seat_cnt integer);
create table flights (flt_id integer primary key, flt_no text, dep_apt text, arr_apt text, tail_no text references aircraft(tail_no), sched_dep text, pax_cnt integer, fuel_kg real);
create table tkts (tkt_id integer primary key, flt_id integer, inv_no text, prio text, opened_ts text, amt_due numeric, due_dt text);
insert into airports values ('LHR', 'Heathrow', 'London', 'United Kingdom'), ('JFK', 'John F Kennedy', 'New York', 'United States'), ('OSL', 'Gardermoen', 'Oslo', 'Norway');
insert into aircraft values ('G-ABCD', 'A320', 'Airbus', 180), ('G-EFGH', 'B737', 'Boeing', 162), ('G-IJKL', 'E190', 'Embraer', 100);
insert into flights values (1, 'BX100', 'LHR', 'JFK', 'G-ABCD', '2025-01-03 10:00:00', 150, 20000.5), (2, 'BX101', 'JFK', 'LHR', 'G-ABCD', '2025-01-04 10:00:00', 170, 21000.5),
  (3, 'BX102', 'LHR', 'OSL', 'G-EFGH', '2025-01-05 07:30:00', 120, 5000.5), (4, 'BX103', 'OSL', 'LHR', 'G-IJKL', '2025-02-05 17:30:00', 90, 4800.5);
insert into tkts values (1, 1, 'I-1', 'P1', '2025-01-01 08:15', 120, '2025-02-01'), (2, 1, 'I-2', 'P2', '2025-01-02 09:15', 80, '2025-02-02'), (3, 2, 'I-3', 'P1', '2025-01-02 10:45', 80, '2025-02-03');
