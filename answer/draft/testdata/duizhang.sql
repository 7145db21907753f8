-- 只有缩写与中文注释：金额以分记、作废留空、值与俗称同名、字段只写员工编号。
CREATE TABLE fz (  -- 房屋
  fzbh TEXT PRIMARY KEY, -- 房屋编号
  fwlx TEXT -- 房屋类型:住宅/商铺
);
CREATE TABLE ts ( -- 投诉
  tsid INTEGER PRIMARY KEY, fzbh TEXT, -- 房屋编号
  tssj TEXT, -- 投诉时间
  hfrq TEXT -- 回访日期
);
CREATE TABLE mx ( -- 销售明细
  mxid INTEGER PRIMARY KEY,
  spmc TEXT, -- 商品名称
  xssj TEXT, -- 销售时间
  je INTEGER, -- 小计，分
  void_flg TEXT -- X = voided
);
CREATE TABLE yg ( -- 员工
  ygid INTEGER PRIMARY KEY, xm TEXT, -- 姓名
  rzrq TEXT -- 入职日期
);
CREATE TABLE md ( -- 门店
  mdid INTEGER PRIMARY KEY, mdmc TEXT, -- 门店名称
  dz INTEGER -- 店长(员工id)
);
CREATE TABLE sk ( -- 收款
  skid INTEGER PRIMARY KEY, sksj TEXT, -- 收款时间
  sky INTEGER -- 收款员(员工id)
);
INSERT INTO yg VALUES (101,'赵一','2020-01-02'),(102,'钱二','2021-03-04'),(103,'孙三','2022-05-06'),(104,'李四','2023-07-08');
INSERT INTO md VALUES (1,'东店',101),(2,'西店',102);
INSERT INTO sk VALUES (1,'2024-01-03 10:00:00',103),(2,'2024-01-04 10:00:00',104),(3,'2024-01-05 10:00:00',103);
INSERT INTO fz VALUES ('F1','住宅'),('F2','住宅'),('F3','商铺'),('F4','住宅'),('F5','商铺');
INSERT INTO ts VALUES (1,'F1','2024-01-03 10:00:00','2024-01-05'),(2,'F2','2024-02-03 10:00:00',NULL),(3,'F1','2024-03-03 10:00:00','2024-03-04'),(4,'F3','2024-03-09 10:00:00',NULL);
INSERT INTO mx VALUES (1,'茶','2024-01-03 10:00:00',1200,NULL),(2,'茶','2024-01-04 11:00:00',2450,NULL),(3,'水','2024-01-05 11:00:00',300,'X'),(4,'水','2024-02-05 11:00:00',350,NULL),(5,'茶','2024-02-06 11:00:00',1800,NULL);
CREATE TABLE zd ( -- 账单
  zdh TEXT PRIMARY KEY, -- 账单号
  scrq TEXT, -- 生成日期
  ysje REAL, -- 应收金额(元)
  jmje REAL, -- 减免金额
  ssje REAL, -- 已收金额
  zt INTEGER -- 状态 0未缴 1已缴清 9作废
);
INSERT INTO zd VALUES ('Z1','2024-01-01',100.5,0,100.5,1),('Z2','2024-01-01',80,10.5,20,0),('Z3','2024-02-01',60,0,0,9),('Z4','2024-02-01',90,0,0,0),('Z5','2024-02-01',90,0,90,1);
CREATE TABLE dp ( -- 店铺
  dpid INTEGER PRIMARY KEY, dpmc TEXT, -- 店铺名称
  kyrq TEXT, -- 开业日期
  bdrq TEXT, -- 闭店日期，未闭店为空
  cup_qty INTEGER, -- 杯数
  pf INTEGER -- 满意度评分1-5
);
INSERT INTO dp VALUES (1,'一店','2020-01-01',NULL,3,5),(2,'二店','2021-01-01','2023-05-01',2,4),(3,'三店','2022-01-01',NULL,3,4),(4,'四店','2022-06-01',NULL,1,5);
