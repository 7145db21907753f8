CREATE TABLE vessel (vessel_id INTEGER PRIMARY KEY, name TEXT, draught REAL, gross_tonnage REAL, wharf TEXT);
INSERT INTO vessel VALUES (1, 'Ayre Star', 8.2, 21000, 'North'), (2, 'Bramley Queen', 6.1, 9000, 'South'), (3, 'Calder', 4.4, 3100, 'North');
CREATE TABLE sales_rep (rep_id INTEGER PRIMARY KEY, rep_name TEXT, hired_on TEXT);
INSERT INTO sales_rep VALUES (1, 'Ida Wren', '2021-04-01'), (2, 'Omar Quist', '2022-09-12');
CREATE TABLE port_call (call_id INTEGER PRIMARY KEY, vessel_id INTEGER REFERENCES vessel, rep_id INTEGER REFERENCES sales_rep, arrived_at TEXT, containers INTEGER, airplane_parts INTEGER, programme TEXT);
INSERT INTO port_call VALUES (1, 1, 1, '2025-01-03 08:00:00', 120, 3, 'spring'), (2, 2, 1, '2025-01-05 17:30:00', 40, 0, 'spring'), (3, 1, 2, '2025-02-11 06:15:00', 96, 7, 'summer'), (4, 3, 2, '2025-03-02 12:00:00', 12, 1, 'summer');
