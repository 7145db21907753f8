CREATE TABLE 技工表 (工号 INTEGER PRIMARY KEY, 姓名 TEXT, 入职日期 TEXT, 离职日期 TEXT, 单件工时 REAL);
INSERT INTO 技工表 VALUES (101, '赵一', '2020-01-02', NULL, 1.5), (102, '钱二', '2021-03-04', '2023-05-06', 2.5), (103, '孙三', '2022-07-08', NULL, 0.5), (104, '李四', '2022-08-08', NULL, 1.0);
CREATE TABLE 抽查表 (抽查编号 INTEGER PRIMARY KEY, 抽查员工号 INTEGER, 抽检数量 INTEGER, 不合格数量 INTEGER, 抽查日期 TEXT);
INSERT INTO 抽查表 VALUES (1, 101, 50, 2, '2024-01-02'), (2, 102, 60, 0, '2024-01-03'), (3, 103, 40, 1, '2024-01-04'), (4, 101, 30, 3, '2024-01-05');
CREATE TABLE 备件表 (备件编号 TEXT PRIMARY KEY, 名称 TEXT, 单价 REAL, 库存数量 INTEGER);
INSERT INTO 备件表 VALUES ('B1', '轴承', 12.5, 40), ('B2', '皮带', 8.0, 15), ('B3', '滤芯', 30.0, 0);
CREATE TABLE machine ( -- 机床
  machine_id INTEGER PRIMARY KEY, -- 机床编号
  name TEXT, -- 机床名称
  keeper_id INTEGER REFERENCES 技工表(工号), -- 保管人
  in_use INTEGER -- 是否在用 1在用 0封存
);
INSERT INTO machine VALUES (1, '车床一', 101, 1), (2, '铣床二', 102, 0), (3, '磨床三', 103, 1);
CREATE TABLE repair_order ( -- 维修工单
  order_no TEXT PRIMARY KEY, -- 工单号
  machine_id INTEGER REFERENCES machine(machine_id), -- 机床
  start_at TEXT, -- 开工时间
  finish_at TEXT, -- 完工时间
  state TEXT -- 工单状态:待修/已修
);
INSERT INTO repair_order VALUES ('R1', 1, '2024-02-01 08:00:00', '2024-02-01 10:00:00', '已修'), ('R2', 2, '2024-02-02 08:00:00', '2024-02-02 09:30:00', '已修'), ('R3', 3, '2024-02-03 08:00:00', '2024-02-03 12:00:00', '已修'), ('R4', 1, '2024-02-04 08:00:00', NULL, '待修');
