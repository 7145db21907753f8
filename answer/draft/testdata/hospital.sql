CREATE TABLE t_patient ( -- 患者信息表
  pid INTEGER PRIMARY KEY, -- 患者ID
  pname TEXT, -- 患者姓名
  gender INTEGER, -- 性别：1-男，2-女
  birthday DATE, -- 出生日期
  id_card TEXT, -- 身份证号
  addr TEXT -- 家庭住址
);
INSERT INTO t_patient VALUES (1, '张伟', 1, '1980-01-02', '110101198001020011', '北京市朝阳区'), (2, '王芳', 2, '1992-05-06', '110101199205060022', '上海市徐汇区'), (3, '李娜', 2, '1975-11-30', '110101197511300033', '广州市天河区');
CREATE TABLE t_visit ( -- 就诊记录表
  vid INTEGER PRIMARY KEY, -- 就诊ID
  pid INTEGER, -- 患者ID
  dept_id INTEGER, -- 科室ID
  visit_time TIMESTAMP, -- 就诊时间
  total_fee DECIMAL(10,2), -- 总费用（元）
  visit_type TEXT -- 就诊类型
);
INSERT INTO t_visit VALUES (1, 1, 10, '2024-01-02 09:00:00', 120.50, '门诊'), (2, 2, 11, '2024-01-03 10:30:00', 3300.00, '住院'), (3, 1, 10, '2024-02-01 08:15:00', 88.00, '门诊'), (4, 3, 11, '2024-02-05 14:00:00', 640.00, '急诊');
CREATE TABLE t_dept ( -- 科室表
  dept_id INTEGER PRIMARY KEY, -- 科室ID
  dept_name TEXT -- 科室名称
);
INSERT INTO t_dept VALUES (10, '内科'), (11, '外科');
