-- Rows that are told apart by a reference, deleted ones that stay, amounts with tax and without.
CREATE TABLE clerks (id INTEGER PRIMARY KEY, username TEXT, full_name TEXT, is_active BOOLEAN);
CREATE TABLE cases (id INTEGER PRIMARY KEY, case_number TEXT UNIQUE, title TEXT, clerk_id INTEGER REFERENCES clerks(id), opened_at DATETIME, deleted_at DATETIME);
CREATE TABLE case_notes (id INTEGER PRIMARY KEY, case_id INTEGER REFERENCES cases(id), written_at DATETIME);
CREATE TABLE tools (id INTEGER PRIMARY KEY, tool_tag TEXT UNIQUE, price INTEGER);
CREATE TABLE vans (van_id INTEGER PRIMARY KEY, plate TEXT UNIQUE, make TEXT, model TEXT);
CREATE TABLE ports (port_code TEXT PRIMARY KEY, port_name TEXT);
CREATE TABLE lanes (lane_id INTEGER PRIMARY KEY, origin_port_code TEXT REFERENCES ports(port_code), destination_port_code TEXT REFERENCES ports(port_code), distance_km INTEGER);
CREATE TABLE payouts (payout_id INTEGER PRIMARY KEY, case_id INTEGER REFERENCES cases(id), paid_on DATE, amt_net REAL, amt_vat REAL);
INSERT INTO clerks VALUES (1,'ada','Ada Moss',1),(2,'ben','Ben Rook',1),(3,'cy','Cy Lark',0);
INSERT INTO cases VALUES (1,'C-101','Leak',1,'2024-01-03 09:00:00',NULL),(2,'C-102','Leak',2,'2024-02-03 10:00:00',NULL),(3,'C-103','Noise',1,'2024-03-04 09:30:00','2024-03-05 09:00:00'),(4,'C-104','Leak',3,'2024-03-09 08:00:00',NULL),(5,'C-105','Noise',2,'2024-04-01 12:00:00',NULL);
INSERT INTO case_notes VALUES (1,1,'2024-01-04 09:00:00'),(2,3,'2024-03-04 10:00:00'),(3,5,'2024-04-02 10:00:00');
INSERT INTO tools VALUES (1,'TL-01',120),(2,'TL-02',80),(3,'TL-03',45);
INSERT INTO vans VALUES (1,'KX 11','Ford','Transit'),(2,'KX 12','Ford','Transit'),(3,'KX 13','Iveco','Daily');
INSERT INTO ports VALUES ('HAM','Hamburg'),('RTM','Rotterdam'),('OSL','Oslo');
INSERT INTO lanes VALUES (1,'HAM','OSL',900),(2,'OSL','HAM',900),(3,'RTM','OSL',1100);
INSERT INTO payouts VALUES (1,1,'2024-02-01',100.5,20.1),(2,2,'2024-03-01',60.25,12.05),(3,5,'2024-04-05',99.0,19.8);
CREATE TABLE STF_HDR ( -- staff members
 STF_ID INTEGER PRIMARY KEY, FNAM TEXT, LNAM TEXT, ROLE_CD TEXT -- PM=property manager, MT=maintenance technician
);
CREATE TABLE UNT_MST ( -- rental units
 UNT_ID INTEGER PRIMARY KEY, UNT_CD TEXT, -- unit label on the door
 FLR INTEGER);
CREATE TABLE CHG ( -- charges
 CHG_ID INTEGER PRIMARY KEY, UNT_ID INTEGER REFERENCES UNT_MST(UNT_ID), PER TEXT, -- billing period YYYYMM
 CAT TEXT, GRS_AMT NUMERIC, worked_hours REAL, csat_score INTEGER,
 VOID_FLG TEXT -- X = voided
);
INSERT INTO STF_HDR VALUES (1,'Ada','Moss','PM'),(2,'Ben','Rook','MT'),(3,'Cy','Lark','MT');
INSERT INTO UNT_MST SELECT value, (value%26)||'A', value%4 FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value+1 FROM n WHERE value<40) SELECT value FROM n);
INSERT INTO CHG VALUES (1,1,'202401','rent',100.5,2.5,4,NULL),(2,2,'202401','rent',90.25,1.0,5,'X'),(3,1,'202402','late',10.75,0.5,3,NULL);
CREATE TABLE hires (hire_no INTEGER PRIMARY KEY, booked_on DATE, out_on DATE, net_amt NUMERIC, tax_amt NUMERIC,
 stat INTEGER -- 10=reserved, 20=out, 30=back, 90=cancelled; revenue = stat 20 and 30 only, dated by out_on
);
CREATE TABLE states (state_id INTEGER PRIMARY KEY, name TEXT, is_closed BOOLEAN);
CREATE TABLE jobs (job_id INTEGER PRIMARY KEY, state_id INTEGER REFERENCES states(state_id), made_at DATETIME);
CREATE TABLE case_payments (payment_id INTEGER PRIMARY KEY, case_id INTEGER REFERENCES cases(id), payment_date DATE, amount REAL);
INSERT INTO hires VALUES (1,'2024-01-01','2024-01-03',100.5,20,20),(2,'2024-01-02','2024-01-04',50.25,10,30),(3,'2024-01-03','2024-01-05',80,16,90),(4,'2024-01-04','2024-01-06',70,14,10);
INSERT INTO states VALUES (1,'new',0),(2,'doing',0),(3,'solved',1),(4,'dropped',1);
INSERT INTO jobs VALUES (1,1,'2024-01-01 08:00:00'),(2,3,'2024-01-02 08:00:00'),(3,2,'2024-01-03 08:00:00'),(4,4,'2024-01-04 08:00:00');
INSERT INTO case_payments VALUES (1,1,'2024-02-01',10.5),(2,3,'2024-02-02',20.5),(3,4,'2024-02-03',30.25);
CREATE TABLE gadgets (gadget_id INTEGER PRIMARY KEY, gadget_tag TEXT UNIQUE, bought_on DATE, warranty_until DATE, replied_at DATETIME);
INSERT INTO gadgets VALUES (1,'G-1','2023-01-01','2025-01-01','2023-02-01 10:00:00'),(2,'G-2','2023-02-01','2026-01-01',NULL),(3,'G-3','2023-03-01','2024-12-01','2023-04-01 09:00:00');
CREATE TABLE phone_calls (call_id INTEGER PRIMARY KEY, started_at DATETIME, wait_sec INTEGER, talk_sec INTEGER);
INSERT INTO phone_calls VALUES (1,'2024-01-01 08:00:00',30,120),(2,'2024-01-02 08:00:00',12,300),(3,'2024-01-03 08:00:00',45,60);
CREATE TABLE site_checks (check_id INTEGER PRIMARY KEY, inspector TEXT, scheduled_at DATETIME, performed_at DATETIME);
INSERT INTO site_checks VALUES (1,'Ada','2024-01-01 08:00:00','2024-01-03 09:00:00'),(2,'Ben','2024-01-02 08:00:00',NULL),(3,'Ada','2024-01-05 08:00:00','2024-01-05 09:30:00');
CREATE TABLE inspectors (inspector_id INTEGER PRIMARY KEY, inspector_name TEXT, is_active INTEGER NOT NULL, is_bonded INTEGER NOT NULL);
INSERT INTO inspectors VALUES (1,'Dee Moss',1,0),(2,'Eli Rook',0,1),(3,'Fay Lark',1,1);
CREATE TABLE parcels (pcl_id INTEGER PRIMARY KEY, pcl_code TEXT, pcl_weight_kg REAL, pcl_is_insured INTEGER NOT NULL);
INSERT INTO parcels VALUES (1,'P-1',1.5,1),(2,'P-2',2.25,0),(3,'P-3',0.75,1);
CREATE TABLE consignments (cnm_id INTEGER PRIMARY KEY, pcl_id INTEGER REFERENCES parcels(pcl_id), lane_id INTEGER REFERENCES lanes(lane_id), cnm_created_at TEXT NOT NULL, cnm_picked_up_at TEXT, cnm_delivered_at TEXT, cnm_on_hold INTEGER NOT NULL);
INSERT INTO consignments VALUES (1,1,1,'2024-01-01 08:00:00','2024-01-01 12:00:00','2024-01-03 09:00:00',0),(2,2,1,'2024-01-02 08:00:00','2024-01-02 18:00:00',NULL,1),(3,3,1,'2024-01-05 08:00:00',NULL,NULL,0);
CREATE TABLE carvers (carver_id INTEGER PRIMARY KEY, carver_name TEXT, birth_year INTEGER, death_year INTEGER);
INSERT INTO carvers VALUES (1,'Ola Brandt',1901,1977),(2,'Pim Castell',1950,NULL),(3,'Rae Dunmore',1962,NULL);
CREATE TABLE chisel_loans (loan_id INTEGER PRIMARY KEY, carver_id INTEGER REFERENCES carvers(carver_id), date_out TEXT, date_back TEXT);
INSERT INTO chisel_loans VALUES (1,1,'2024-01-01','2024-01-05'),(2,2,'2024-01-02',NULL),(3,3,'2024-02-05','2024-02-08');
