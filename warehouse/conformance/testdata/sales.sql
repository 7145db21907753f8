-- The sales database: small enough to check by hand. Times of creation are
-- epoch seconds; order 1 was created before midnight in Shanghai.
CREATE TABLE dim_store (store_id INTEGER PRIMARY KEY, store_name TEXT, region TEXT);
INSERT INTO dim_store VALUES (1, 'S1', '华东'), (2, 'S2', '华南'), (3, 'S3', NULL);
CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, customer_name TEXT, registered_at DATE);
INSERT INTO customers VALUES (1, 'Ann', '2025-03-01'), (2, 'Bob', '2026-01-10'), (3, 'Cai', '2026-06-05'), (4, 'Dee', '2026-06-20');
CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER, store_id INTEGER, status TEXT, channel TEXT, size TEXT,
  amount DECIMAL(12,2), discount DECIMAL(12,2), paid_at TIMESTAMP, created_at INTEGER);
INSERT INTO orders VALUES
  (1, 1, 1, 'paid', 'app', 'small', 100.10, 0.10, '2026-06-01 00:00:00', 1780241400),
  (2, 1, 1, 'paid', 'store', 'large', 50.20, 0, '2026-06-30 23:59:59', 1782834600),
  (3, 2, 2, 'paid', 'app', 'medium', 200.30, 20.30, '2026-06-15 12:00:00', 1781452800),
  (4, 3, 2, 'open', 'app', 'small', 75, 0, '2026-06-20 08:00:00', 1781913599),
  (5, 99, 3, 'paid', NULL, 'medium', 30, 0, '2026-05-10 10:00:00', 1778374800),
  (6, NULL, 1, 'paid', 'store', 'small', 20.40, 0, '2025-06-10 10:00:00', 1749517200),
  (7, 2, 2, 'paid', 'app', 'small', 0.10, 0, '2026-07-01 09:00:00', 1782864000),
  (8, 1, NULL, 'paid', 'app', 'small', 0.20, NULL, '2026-07-14 09:00:00', 1783987200);
CREATE TABLE lines (order_id INTEGER, line_no INTEGER, sku TEXT, qty INTEGER, price DECIMAL(12,2), PRIMARY KEY (order_id, line_no));
INSERT INTO lines VALUES (1, 1, 'A', 1, 40), (1, 2, 'A', 1, 20), (1, 3, 'B', 1, 40.10), (2, 1, 'A', 1, 50.20), (3, 1, 'B', 4, 50.08), (9, 1, 'C', 3, 0.07);
CREATE TABLE refunds (refund_id INTEGER PRIMARY KEY, order_id INTEGER, refunded_on INTEGER, refund_amount DECIMAL(12,2));
INSERT INTO refunds VALUES (1, 1, 20260605, 10.05), (2, 3, 20260620, 5), (3, 98, 20260621, 15);
