CREATE TABLE tblDrivers (DriverID INTEGER PRIMARY KEY, NickName TEXT, Gender TEXT, IsInsured INTEGER, SupervisorID INTEGER, Nationality TEXT);
INSERT INTO tblDrivers VALUES (1, 'Ori', 'F', 1, NULL, 'French'), (2, 'Pim', 'M', 0, 1, 'Dutch'), (3, 'Quo', 'M', 1, 1, 'German'), (4, 'Ryu', 'F', 1, 2, 'Japanese');
CREATE TABLE depots (code TEXT, depot_name TEXT, st TEXT);
INSERT INTO depots VALUES ('ALB', 'Albany yard', 'NY'), ('BUF', 'Buffalo yard', 'NY'), ('ELP', 'El Paso yard', 'TX'), ('SAC', 'Sacramento yard', 'CA'), ('TUC', 'Tucson yard', 'AZ');
CREATE TABLE hauls (haul_no INTEGER, driver INTEGER, src TEXT, dest TEXT, dep_ts INTEGER, dist_mi INTEGER, load_kg REAL, is_paid TEXT, sts_cd TEXT, fee_amt TEXT, "Delivered On" TEXT);
INSERT INTO hauls VALUES (501, 1, 'ALB', 'BUF', 1704103200, 280, 900.5, 'Y', 'delayed', '120', '01/02/2024'), (502, 2, 'BUF', 'ELP', 1704189600, 1800, 1200, 'N', 'on time', '900', '01/05/2024'),
 (503, 2, 'ELP', 'SAC', 1704276000, 1190, 300, 'Y', 'on time', '640', '01/06/2024'), (504, 3, 'SAC', 'TUC', 1704362400, 870, 450, 'Y', 'cancelled', '510', '01/06/2024'),
 (505, 3, 'TUC', 'ALB', 1704448800, 2300, 700, 'N', 'on time', '1100', '01/11/2024'), (506, 4, 'ALB', 'TUC', 1704535200, 2310, 720, 'Y', 'delayed', '1080', '01/13/2024');
