CREATE TABLE dim_emp (emp_id INTEGER, emp_name TEXT, dept_code TEXT, job_title TEXT, salary REAL, hire_dt TEXT, manager_id INTEGER, perf_score REAL, age INTEGER);
INSERT INTO dim_emp VALUES (1, 'A Ono', 'D1', 'Engineer', 9000, '20200101', 3, 4.5, 30), (2, 'B Kay', 'D1', 'Engineer', 8500, '20210615', 3, 3.9, 28), (3, 'C Lin', 'D2', 'Manager', 15000, '20150301', NULL, 4.8, 45);
CREATE TABLE dim_dept (dept_code TEXT, dept_name TEXT, headcount INTEGER);
INSERT INTO dim_dept VALUES ('D1', 'Research', 12), ('D2', 'Sales', 30);
CREATE TABLE fact_payroll (emp_id INTEGER, pay_month INTEGER, gross_pay REAL, bonus_amt REAL, tax REAL);
INSERT INTO fact_payroll VALUES (1, 202401, 9000, 0, 900), (1, 202402, 9000, 500, 950), (2, 202401, 8500, 0, 850), (3, 202401, 15000, 1000, 2000);
CREATE TABLE leave_request (id INTEGER, emp_id INTEGER, days REAL, approver_id INTEGER, is_approved TEXT);
INSERT INTO leave_request VALUES (1, 1, 2.5, 3, 'Y'), (2, 2, 1, 3, 'N');
