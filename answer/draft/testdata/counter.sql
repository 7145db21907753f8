-- A wholesaler whose orders are required for a day, shipped and paid later, and whose fitters write down how long they were there.
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT);
CREATE TABLE customer_order (order_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(customer_id), order_date DATE NOT NULL, required_date DATE, shipped_date DATE, paid_on DATE);
CREATE TABLE fitting (fitting_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES customer_order(order_id), minutes_on_site INTEGER);
INSERT INTO customer VALUES (1, 'Arden Foods', '020 1'), (2, 'Borough Deli', NULL), (3, 'Cove Catering', '020 3');
INSERT INTO customer_order VALUES
 (1, 1, '2024-01-02', '2024-01-09', '2024-01-08', '2024-02-01'), (2, 1, '2024-01-12', '2024-01-19', '2024-01-22', '2024-02-11'), (3, 2, '2024-02-02', '2024-02-09', '2024-02-07', '2024-03-01'),
 (4, 3, '2024-02-20', '2024-02-27', '2024-02-26', NULL), (5, 2, '2024-03-05', '2024-03-12', NULL, NULL), (6, 3, '2024-03-08', '2024-03-15', '2024-03-18', '2024-04-09');
INSERT INTO fitting VALUES (1, 1, 45), (2, 2, 90), (3, 3, 30), (4, 4, 75);
