CREATE TABLE hy ( -- 会员
  hy_id INTEGER PRIMARY KEY, -- 会员ID
  xm TEXT, -- 姓名
  xb TEXT, -- 性别 M男 F女
  dj TEXT, -- 会员等级代码，见 dmb 表 fl='DJ'
  zc_sj INTEGER, -- 注册时间 unix秒(UTC)，按北京时间统计请 +8 小时
  ye INTEGER, -- 储值余额 单位：分
  tg_bz INTEGER DEFAULT 0 -- 1=已停卡
);
INSERT INTO hy VALUES (1, '赵一', 'M', 'D1', 1700000000, 12000, 0), (2, '钱二', 'F', 'D2', 1701000000, 500, 1), (3, '孙三', 'F', 'D1', 1702000000, 0, 0), (4, '李四', 'M', 'D3', 1703000000, 9900, 0);
CREATE TABLE js ( -- 技师
  gh TEXT PRIMARY KEY, -- 工号
  xm TEXT, -- 姓名
  rz TEXT, -- 入职日期 YYYYMMDD
  lz TEXT, -- 离职日期 YYYYMMDD，空=在职
  cs TEXT -- 供应厂商
);
INSERT INTO js VALUES ('j01', '周武', '20200102', NULL, '甲'), ('j02', '吴六', '20210304', '20230506', '乙'), ('j03', '郑七', '20220708', NULL, '甲');
CREATE TABLE xcd ( -- 洗车单
  xc_no TEXT PRIMARY KEY, -- 单号
  hy_id INTEGER, -- 会员ID
  fzr TEXT, -- 负责技师，对应 js.gh
  je_fen INTEGER, -- 实收金额 分（含小费）
  ys INTEGER, -- 用水量 升
  jc_sj TEXT, -- 进场时间 YYYY-MM-DD HH:MM:SS
  zt INTEGER, -- 状态 0排队 1洗车中 2已完工(待取) 9已取消
  ly TEXT, -- 来源 WX微信 TEL电话 DM到店
  sc INTEGER DEFAULT 0 -- 删除标志 1=已作废，所有统计均须剔除
);
INSERT INTO xcd VALUES ('X1', 1, 'j01', 3500, 60, '2024-01-02 08:00:00', 2, 'WX', 0), ('X2', 2, 'j03', 4800, 75, '2024-01-02 09:00:00', 9, 'TEL', 0), ('X3', 1, 'j01', 3500, 58, '2024-01-03 08:00:00', 1, 'DM', 1), ('X4', 3, 'j02', 9900, 90, '2024-02-01 10:30:00', 2, 'WX', 0), ('X5', 4, 'j03', 3500, 61, '2024-02-02 08:00:00', 0, 'DM', 0);
CREATE TABLE dmb ( -- 代码表
  fl TEXT, -- 分类
  dm TEXT, -- 代码
  mc TEXT, -- 名称
  PRIMARY KEY (fl, dm)
);
INSERT INTO dmb VALUES ('DJ', 'D1', '普通卡'), ('DJ', 'D2', '银卡'), ('DJ', 'D3', '金卡'), ('QY', 'A1', '东区');
