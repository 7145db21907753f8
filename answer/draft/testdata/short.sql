-- names cut short, told by the words next to them, and times in seconds since 1970
CREATE TABLE prv (prv_id INTEGER, prv_nm TEXT, spec_cd TEXT, sup_id INTEGER, hr_dt INTEGER, sal_amt INTEGER, act_flg TEXT);
CREATE TABLE spec (spec_cd TEXT, spec_desc TEXT);
CREATE TABLE pt (pt_id INTEGER, pt_nm TEXT, dob INTEGER, ins_id INTEGER);
CREATE TABLE visit (visit_id INTEGER, pt_id INTEGER, prv_id INTEGER, visit_dt INTEGER, dur_min INTEGER, chg_amt REAL, pd_amt REAL, rsn_txt TEXT);
CREATE TABLE ins (ins_id INTEGER, ins_nm TEXT);
INSERT INTO spec VALUES ('EYE', 'Eye care'), ('EAR', 'Ear, nose and throat'), ('HRT', 'Heart');
INSERT INTO ins VALUES (1, 'Northern Mutual'), (2, 'Alpine Cover');
INSERT INTO prv VALUES
  (1, 'Dr. Ahn', 'EAR', NULL, 1208380800, 61500, 'Y'),
  (2, 'Dr. Berg', 'HRT', 1, 1216761600, 63000, 'Y'),
  (3, 'Dr. Cole', 'EYE', 1, 1225142400, 64500, 'Y'),
  (4, 'Dr. Diaz', 'EAR', 1, 1233523200, 66000, 'N'),
  (5, 'Dr. Egan', 'HRT', 1, 1241904000, 67500, 'Y'),
  (6, 'Dr. Funk', 'EYE', 1, 1250284800, 69000, 'Y');
INSERT INTO pt VALUES
  (1, 'Ida', -187680000, 2),
  (2, 'Jon', -75360000, 1),
  (3, 'Kai', 36960000, 2),
  (4, 'Lea', 149280000, 1),
  (5, 'Mia', 261600000, 2),
  (6, 'Ned', 373920000, 1);
INSERT INTO visit VALUES
  (1, 2, 6, 1700259200, 15, 43.5, 32.25, 'pain'),
  (2, 3, 5, 1700518400, 20, 46.5, 34.25, 'other'),
  (3, 4, 4, 1700777600, 25, 49.5, 36.25, 'check'),
  (4, 5, 3, 1701036800, 30, 52.5, 38.25, 'pain'),
  (5, 6, 2, 1701296000, 35, 55.5, 40.25, 'other'),
  (6, 1, 1, 1701555200, 40, 58.5, 42.25, 'check'),
  (7, 2, 6, 1701814400, 45, 61.5, 44.25, 'pain'),
  (8, 3, 5, 1702073600, 50, 64.5, 46.25, 'other'),
  (9, 4, 4, 1702332800, 55, 67.5, 48.25, 'check'),
  (10, 5, 3, 1702592000, 10, 70.5, 50.25, 'pain'),
  (11, 6, 2, 1702851200, 15, 73.5, 52.25, 'other'),
  (12, 1, 1, 1703110400, 20, 76.5, 54.25, 'check'),
  (13, 2, 6, 1703369600, 25, 79.5, 56.25, 'pain'),
  (14, 3, 5, 1703628800, 30, 82.5, 58.25, 'other'),
  (15, 4, 4, 1703888000, 35, 85.5, 60.25, 'check');
