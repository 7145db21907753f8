-- what is held in hundredths, what is marked as void, and a note that names a key
CREATE TABLE zhangdan ( -- 账单
  zd_id INTEGER PRIMARY KEY, -- 账单ID
  jl_id INTEGER, -- 客户经理，对应 yuangong.yg_id
  ysje INTEGER, -- 应收金额(单位:分)
  sc INTEGER, -- 时长(分)
  zd_rq TEXT, -- 账单日期
  del_bz INTEGER DEFAULT 0 -- 删除标志 1=已作废，统计须剔除
);
CREATE TABLE zhangdan_mx ( -- 账单明细
  mx_id INTEGER PRIMARY KEY, -- 明细ID
  zd_id INTEGER REFERENCES zhangdan(zd_id), -- 账单ID
  paid_cents INTEGER -- 已付
);
CREATE TABLE yuangong ( -- 员工
  yg_id INTEGER PRIMARY KEY, -- 员工ID
  xm TEXT, -- 姓名
  is_deleted INTEGER DEFAULT 0
);
INSERT INTO yuangong VALUES (7,'赵敏',0),(8,'钱立',0),(9,'孙可',1);
INSERT INTO zhangdan VALUES (1,7,12050,30,'2026-01-05',0),(2,8,990,45,'2026-02-11',0),(3,7,50000,10,'2026-02-20',1),(4,9,7100,25,'2026-03-02',0);
INSERT INTO zhangdan_mx VALUES (1,1,6000),(2,1,6050),(3,2,990),(4,3,50000);
