CREATE TABLE huiyuan ( -- 会员表
  hy_id INTEGER PRIMARY KEY, -- 会员编号
  nick_name TEXT, -- 昵称
  gender INTEGER, -- 性别 1男 2女 0未知
  card_level TEXT, -- 卡种 次卡/月卡/年卡
  is_new INTEGER, -- 是否新会员 1是 0否
  introducer_hy_id INTEGER -- 介绍人编号
);
INSERT INTO huiyuan VALUES (1, '小鱼', 1, '年卡', 0, NULL), (2, '阿信', 2, '月卡', 1, 1), (3, '小鱼', 2, '次卡', 1, 1), (4, '大白', 0, '年卡', 0, 2);
CREATE TABLE yuyue ( -- 预约表
  yy_id INTEGER PRIMARY KEY, -- 预约编号
  hy_id INTEGER REFERENCES huiyuan(hy_id), -- 会员编号
  status INTEGER, -- 预约状态 1已确认 2已取消
  minutes INTEGER, -- 时长(分钟)
  yy_date TEXT -- 预约日期
);
INSERT INTO yuyue VALUES (1, 1, 1, 60, '2024-01-03'), (2, 2, 2, 45, '2024-01-04'), (3, 4, 1, 90, '2024-02-11');
CREATE TABLE yuyue_mingxi ( -- 预约明细表
  yy_id INTEGER REFERENCES yuyue(yy_id), -- 预约编号
  kc_id INTEGER REFERENCES "课程字典表"("课程编号"), -- 课程编号
  renshu INTEGER, -- 人数
  PRIMARY KEY (yy_id, kc_id)
);
INSERT INTO yuyue_mingxi VALUES (1, 1, 2), (1, 2, 1), (3, 2, 4);
CREATE TABLE "课程字典表" ("课程编号" INTEGER PRIMARY KEY, "课程名称" TEXT, "先修课程编号" INTEGER, "年预算万元" REAL, "教室面积平方米" REAL);
INSERT INTO "课程字典表" VALUES (1, '瑜伽', NULL, 12.5, 80), (2, '动感单车', NULL, 30, 120), (3, '瑜伽', 1, 8, 60), (4, '拳击', 2, 9.5, 70);
