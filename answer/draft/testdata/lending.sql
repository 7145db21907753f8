-- a shed that lends tools: states told by dates, by pairs of dates and by notes
CREATE TABLE borrower(borrower_id INTEGER PRIMARY KEY, full_nm TEXT, street TEXT, joined_on TEXT, left_on TEXT, kind TEXT /* P private, T trade */);
CREATE TABLE tool(tool_id INTEGER PRIMARY KEY, tool_nm TEXT, bought_on TEXT, hourly_rate REAL, on_loan INTEGER);
CREATE TABLE lending(lending_id INTEGER PRIMARY KEY, borrower_id INTEGER REFERENCES borrower(borrower_id), tool_id INTEGER REFERENCES tool(tool_id),
  out_on TEXT, due_on TEXT, return_dt TEXT, -- return_dt empty = still out
  fee NUMERIC, damage TEXT, -- null unless damaged
  lend_st TEXT -- O = open, B = brought back, V = void
);
CREATE TABLE permit(permit_no TEXT PRIMARY KEY, borrower_id INTEGER REFERENCES borrower(borrower_id), issued_on TEXT, expiry_dt TEXT);
-- what was planned happens or not, and is asked for by the day of either
CREATE TABLE upkeep(upkeep_id INTEGER PRIMARY KEY, tool_id INTEGER REFERENCES tool(tool_id), planned_dt TEXT, completed_dt TEXT, sched_hrs REAL, act_hrs REAL);
INSERT INTO upkeep VALUES (1,1,'2024-03-01','2024-03-02',2,2.5),(2,2,'2024-03-08','2024-03-08',1,1),(3,3,'2024-09-01',NULL,1,NULL),(4,1,'2025-03-01','2025-03-09',2,3),(5,4,'2025-09-01',NULL,4,NULL);
INSERT INTO borrower VALUES (1,'Ada Holm','Mill Lane','2023-01-05',NULL,'P'),(2,'Ben Ashe','Mill Lane','2023-02-11','2025-03-01','T'),(3,'Cy Dunn','Dock Road','2023-06-20',NULL,'P'),(4,'Di Epps','Dock Road','2024-02-02',NULL,'T'),(5,'Ed Frey','High Street','2024-08-19','2025-09-30','P'),(6,'Flo Gunn','High Street','2025-01-14',NULL,'P');
INSERT INTO tool VALUES (1,'hammer drill','2022-04-01',2.5,1),(2,'tile cutter','2022-05-09',3,0),(3,'ladder','2023-01-30',1,1),(4,'chain saw','2024-06-12',4.5,0);
INSERT INTO lending VALUES (1,1,1,'2024-01-02','2024-01-09','2024-01-08',10,NULL,'B'),(2,2,3,'2024-02-10','2024-02-17','2024-02-20',8,'bent','B'),(3,3,2,'2024-03-05','2024-03-12','2024-03-12',9,NULL,'B'),(4,4,1,'2024-05-01','2024-05-08',NULL,12,NULL,'V'),(5,5,4,'2024-09-09','2024-09-16','2024-09-30',20,'worn','B'),(6,1,3,'2025-02-03','2025-02-10','2025-02-09',8,NULL,'B'),(7,6,1,'2025-03-03','2025-03-10',NULL,10,NULL,'O'),(8,3,3,'2025-04-01','2025-04-08',NULL,8,NULL,'O');
INSERT INTO permit VALUES ('P-01',1,'2023-01-10','2024-01-10'),('P-02',3,'2023-07-01','2026-07-01'),('P-03',4,'2024-02-10','2027-02-10'),('P-04',6,'2025-01-20','2026-01-20');

CREATE TABLE paddocks (paddock_no INTEGER PRIMARY KEY, hectares REAL);
INSERT INTO paddocks VALUES (1, 2.5), (2, 4.0), (3, 2.5), (4, 7.25);

CREATE TABLE payroll (paddock_no INTEGER, month TEXT, gross_usd REAL, FOREIGN KEY (paddock_no) REFERENCES paddocks (paddock_no));
INSERT INTO payroll VALUES (1, '2025-01', 120.5), (1, '2025-02', 80), (2, '2025-01', 44.25), (3, '2025-03', 61), (4, '2025-12', 230);
