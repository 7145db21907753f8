CREATE TABLE lakes (lk_id INTEGER PRIMARY KEY, lk_name TEXT, lk_area_km2 REAL, lk_depth_m REAL, lk_origin_code INTEGER, lk_income_m REAL, lk_length_km REAL);
CREATE TABLE origins (origin_code INTEGER PRIMARY KEY, origin_name TEXT);
CREATE TABLE readings (rd_id INTEGER PRIMARY KEY, rd_lake_id INTEGER REFERENCES lakes(lk_id), rd_taken_at TIMESTAMP, rd_inflow_m3s REAL);
INSERT INTO origins VALUES (1, 'glacial'), (2, 'volcanic'), (3, 'dammed');
INSERT INTO lakes VALUES
  (1, 'Upper Tarn', 12.5, 61.0, 1, 0.4, 9.5), (2, 'Lower Tarn', 8.2, 33.5, 1, 0.2, 6.2), (3, 'Cinder Lake', 3.1, 118.0, 2, 1.1, 2.4),
  (4, 'Mill Water', 0.9, 7.5, 3, 0.1, 1.1), (5, 'Long Mere', 22.4, 44.0, 1, 2.3, 14.8), (6, 'Ash Pool', 1.4, 92.0, 2, 0.3, 1.9);
INSERT INTO readings VALUES
  (1, 1, '2025-03-01 08:00:00', 14.2), (2, 1, '2025-04-01 08:00:00', 19.6), (3, 2, '2025-03-01 09:00:00', 6.1), (4, 3, '2025-03-02 08:00:00', 0.8),
  (5, 4, '2025-03-02 10:00:00', 0.2), (6, 5, '2025-03-03 08:00:00', 31.9), (7, 5, '2025-04-03 08:00:00', 28.4), (8, 6, '2025-04-04 08:00:00', 1.3);
