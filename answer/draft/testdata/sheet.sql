CREATE TABLE tchr (t_no INTEGER PRIMARY KEY, fnm TEXT, lnm TEXT, cls_dt TEXT, kd TEXT, del_flg TEXT);
INSERT INTO tchr VALUES (1, 'Ada', 'Holt', NULL, 'F', 'N'), (2, 'Ben', 'Moss', '2024-05-31', 'G', 'N'), (3, 'Cyd', 'Park', NULL, 'A', 'Y'), (4, 'Dee', 'Rowe', NULL, 'F', 'N');
CREATE TABLE lsn (ls_no INTEGER PRIMARY KEY, t_no INTEGER, inst TEXT, bk_ts INTEGER, dur INTEGER, net_amt REAL, pd_dt TEXT);
INSERT INTO lsn VALUES (1, 1, 'Cello', 1709280000, 30, 20.5, '2024-03-01'), (2, 1, 'Cello', 1709366400, 60, 40, NULL), (3, 2, 'Flute', 1709452800, 45, 30, '2024-03-05'), (4, 4, 'Organ', 1709539200, 60, 40, '2024-03-09');
CREATE TABLE col_info (tab TEXT, fld TEXT, remark TEXT);
CREATE TABLE lists (kind TEXT, cd TEXT, txt TEXT, PRIMARY KEY (kind, cd));
INSERT INTO lists VALUES ('TK', 'F', 'Paid - full time (salaried)'), ('TK', 'G', 'Paid - by the hour'), ('TK', 'A', 'Volunteer'), ('RM', 'F', 'First floor'), ('RM', 'G', 'Garden room');
INSERT INTO col_info VALUES ('tchr', 'kd', 'kind of contract, lists TK'), ('tchr', 'del_flg', 'Y = entered twice, ignore in all figures'), ('tchr', 'cls_dt', 'leaving date ISO, NULL = teacher is employed'), ('lsn', 'inst', 'instrument taught'), ('lsn', 'bk_ts', 'booking made, unix seconds UTC'), ('lsn', 'net_amt', 'lesson fee in EUR without VAT'), ('lsn', 'pd_dt', 'date paid, NULL = not settled yet'), ('lsn', 't_no', 'teacher of the lesson');
