CREATE TABLE kehu (kehu_bianhao TEXT PRIMARY KEY, xingming TEXT, xingbie TEXT, chengshi TEXT, shengfen TEXT, zhuce_riqi TEXT);
INSERT INTO kehu VALUES ('K1', '赵一', '男', '杭州', '浙江', '2023-05-01'), ('K2', '钱二', '女', '宁波', '浙江', '2023-06-01'), ('K3', '孙三', '男', '南京', '江苏', '2023-07-01');
CREATE TABLE dingdan (dingdan_bianhao TEXT PRIMARY KEY, kehu_bianhao TEXT, jine REAL, shuliang INTEGER, xiadan_riqi TEXT, zhuangtai TEXT);
INSERT INTO dingdan VALUES ('D1', 'K1', 100.5, 2, '2024-01-01', '已完成'), ('D2', 'K2', 80, 1, '2024-01-03', '已取消'), ('D3', 'K1', 60, 3, '2024-02-03', '已完成');
