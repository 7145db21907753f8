CREATE TABLE readings (reading_id INTEGER, sensor TEXT, taken DATETIME, value REAL, unit_price INTEGER, "Battery %" REAL, "order" INTEGER, year INTEGER, zip INTEGER, n_errors INTEGER, notes TEXT, level DECIMAL(4,1));
INSERT INTO readings VALUES (1, 's-1', '2024-01-01 00:00:00', 1.5, 3, 88.5, 1, 2024, 94110, 0, '', 1.25), (2, 's-1', '2024-01-02', 'n/a', 4.5, 80, 2, 2024, 94111, 2, '', 2.5), (3, 's-2', '', 2.5, '', NULL, 3, 2023, 10001, 1, '', 3);
CREATE TABLE empty_one (id INTEGER, sensor TEXT, reading_id INTEGER, happened_on DATE, amount REAL);
CREATE TABLE "group" ("select" TEXT, "Weird-Name!" TEXT, a1 INTEGER, "2nd" INTEGER);
INSERT INTO "group" VALUES ('x', 'p', 1, 2), ('y', 'q', 2, 3);
CREATE VIEW v_readings AS SELECT sensor, count(*) AS reading_count FROM readings GROUP BY sensor;
