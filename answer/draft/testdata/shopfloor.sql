CREATE TABLE dim_dept (dept_id INTEGER PRIMARY KEY, dept_name TEXT);
INSERT INTO dim_dept VALUES (1, '冲压车间'), (2, '注塑车间'), (3, '总装车间'), (4, '质量部');
CREATE TABLE dim_sku (sku_id INTEGER PRIMARY KEY, sku_name TEXT, category_l1 TEXT, category_l2 TEXT, is_rx INTEGER);
INSERT INTO dim_sku VALUES (1, 'A1', '药品', '感冒', 1), (2, 'A2', '药品', '护理', 0), (3, 'A3', '器械', '监测', 0);
CREATE TABLE fact_batch (batch_no TEXT PRIMARY KEY, dept_id INTEGER REFERENCES dim_dept(dept_id), sku_id INTEGER REFERENCES dim_sku(sku_id), shift_code TEXT, prod_dt TEXT, plan_qty INTEGER, output_qty INTEGER);
INSERT INTO fact_batch VALUES ('B1', 1, 1, 'DAY', '20250102', 100, 95), ('B2', 2, 2, 'NIGHT', '20250103', 120, 118), ('B3', 3, 3, 'DAY', '20250104', 80, 80), ('B4', 1, 2, 'NIGHT', '20250105', 90, 70);
CREATE TABLE fact_inspection (insp_id INTEGER PRIMARY KEY, batch_no TEXT REFERENCES fact_batch(batch_no), insp_time DATETIME, sample_qty INTEGER, defect_qty INTEGER, result_code TEXT);
INSERT INTO fact_inspection VALUES (1, 'B1', '2025-01-02 10:00:00', 20, 1, 'PASS'), (2, 'B2', '2025-01-03 11:00:00', 20, 3, 'CONCESSION'), (3, 'B3', '2025-01-04 09:00:00', 10, 4, 'FAIL'), (4, 'B4', '2025-01-05 09:30:00', 15, 0, 'PASS');
