-- codes of which the notes name only the kind, as a framework for back offices keeps them
CREATE TABLE sys_dict_data (
  dict_code INTEGER PRIMARY KEY, -- 字典编码
  dict_sort INTEGER, -- 字典排序
  dict_label VARCHAR(100), -- 字典标签
  dict_value VARCHAR(100), -- 字典键值
  dict_type VARCHAR(100) -- 字典类型
);
CREATE TABLE sys_user (
  user_id INTEGER PRIMARY KEY, -- 用户ID
  nick_name VARCHAR(30), -- 用户昵称
  del_flag CHAR(1) DEFAULT '0' -- 删除标志（0代表存在 2代表删除）
);
CREATE TABLE biz_contractor (
  contractor_id INTEGER PRIMARY KEY, -- 承包商ID
  contractor_name VARCHAR(100), -- 承包商名称
  grade CHAR(1), -- 评级 A/B/C/D
  del_flag CHAR(1) DEFAULT '0' -- 删除标志（0表示存在 2表示删除）
);
CREATE TABLE biz_project (
  project_id INTEGER PRIMARY KEY, -- 项目ID
  project_name VARCHAR(100), -- 项目名称
  project_type VARCHAR(2), -- 项目类型（字典biz_project_type）
  manager_id INTEGER, -- 项目经理
  stage CHAR(1), -- 项目阶段（字典：biz_stage）
  level CHAR(1), -- 项目等级（字典biz_level）
  del_flag CHAR(1) DEFAULT '0' -- 删除标志（0代表存在 1代表归档）
);
INSERT INTO sys_dict_data VALUES (1,1,'房建','3','biz_project_type'),(2,2,'市政','1','biz_project_type'),(3,3,'园林绿化','2','biz_project_type'),(4,1,'办理中','1','biz_stage'),(5,2,'已交付','2','biz_stage');
INSERT INTO sys_user VALUES (1,'赵敏','0'),(2,'钱立','0'),(3,'孙可','2'),(4,'李想','0');
INSERT INTO biz_contractor VALUES (1,'湖南筑友','A','0'),(2,'江西赣东','B','0'),(3,'浏阳恒达','A','2');
INSERT INTO biz_project VALUES (1,'滨江公园','3',2,'1','1','0'),(2,'翡翠湾','1',2,'1','2','0'),(3,'云龙大道','1',1,'2','1','1'),(4,'阳光家园','2',4,'2','2','0');
