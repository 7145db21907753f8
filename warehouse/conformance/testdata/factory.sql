-- The factory database: production of what the shop sells.
CREATE TABLE production (id INTEGER PRIMARY KEY, item TEXT, made_on DATE, good INTEGER);
INSERT INTO production VALUES (1, 'A', '2026-06-01', 10), (2, 'B', '2026-06-02', 20), (3, NULL, '2026-06-03', 5), (4, 'Z', '2026-06-04', 7), (5, 'A', '2026-06-30', 1);
