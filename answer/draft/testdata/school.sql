CREATE TABLE student (stuid INTEGER, lname TEXT, fname TEXT, age INTEGER, sex TEXT, major INTEGER, advisor INTEGER, citycode TEXT);
INSERT INTO student VALUES (1001, 'Smith', 'Linda', 18, 'F', 600, 1121, 'BAL'), (1002, 'Kim', 'Tracy', 19, 'F', 600, 7712, 'HKG'), (1003, 'Jones', 'Shiela', 21, 'F', 600, 7792, 'WAS'), (1004, 'Kumar', 'Dinesh', 20, 'M', 600, 8423, 'CHI');
CREATE TABLE course (cid TEXT, cname TEXT, credits INTEGER, instructor INTEGER, days TEXT, hours TEXT, dno INTEGER);
INSERT INTO course VALUES ('050.102', 'Language and Mind', 3, 7134, 'TTh', '11-12.20', 50), ('050.103', 'Introductory Algebra', 3, 8721, 'MTW', '3', 50), ('600.101', 'Computer Literacy', 3, 1148, 'T', '1', 600);
CREATE TABLE enrolled_in (stuid INTEGER, cid TEXT, grade TEXT, enrolled_on TEXT);
INSERT INTO enrolled_in VALUES (1001, '050.102', 'A', '2023/09/01'), (1001, '600.101', 'B', '2023/09/02'), (1002, '050.102', 'A-', '2023/09/01'), (1003, '050.103', 'C', '2023/09/03'), (1004, '600.101', 'A', '2023/09/04');
