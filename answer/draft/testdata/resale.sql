CREATE TABLE cars (car_id INTEGER PRIMARY KEY, make TEXT, model TEXT, purchase_cost REAL);
CREATE TABLE sales (sa_id INTEGER PRIMARY KEY, sa_car_id INTEGER REFERENCES cars(car_id), sa_price REAL, sa_sold_on TEXT);
INSERT INTO cars VALUES (1,'Fiat','Panda',5200.5),(2,'Ford','Focus',7100.0),(3,'BMW','118i',15020.25),(4,'Fiat','500',6400.0);
INSERT INTO sales VALUES (1,1,6900.0,'2025-01-04'),(2,3,18250.5,'2025-02-11'),(3,2,8800.0,'2025-02-20'),(4,4,8100.0,'2025-03-02');
CREATE TABLE yearly_sales (car_id INTEGER REFERENCES cars(car_id), year INTEGER, units INTEGER, PRIMARY KEY (car_id, year));
INSERT INTO yearly_sales VALUES (1,2023,410),(1,2024,388),(2,2023,905),(2,2024,1020),(3,2024,77);
