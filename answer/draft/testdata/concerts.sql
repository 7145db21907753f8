CREATE TABLE venue (venue_id INTEGER PRIMARY KEY, location TEXT, name TEXT, capacity INTEGER, highest INTEGER, lowest INTEGER, average INTEGER);
INSERT INTO venue VALUES (1, 'Leeds', 'Stark Park', 10104, 4812, 1294, 2106), (2, 'York', 'Somerset Park', 11998, 2363, 1057, 1477), (3, 'Hull', 'Bay View', 4000, 1980, 404, 864);
CREATE TABLE performer (performer_id INTEGER PRIMARY KEY, name TEXT, country TEXT, song_name TEXT, song_release_year TEXT, age INTEGER, is_male BOOLEAN);
INSERT INTO performer VALUES (1, 'Joe Sharp', 'Netherlands', 'You', '1992', 52, 1), (2, 'Timbaland', 'United States', 'Dangerous', '2008', 32, 1), (3, 'Rose White', 'France', 'Sun', '2003', 41, 0), (4, 'John Nizinik', 'France', 'Gentleman', '2014', 43, 1);
CREATE TABLE concert (concert_id INTEGER PRIMARY KEY, concert_name TEXT, theme TEXT, venue_id TEXT, year TEXT, runtime INTEGER, FOREIGN KEY (venue_id) REFERENCES venue (venue_id));
INSERT INTO concert VALUES (1, 'Auditions', 'Free choice', '1', '2014', 95), (2, 'Super bootcamp', 'Free choice 2', '2', '2014', 140), (3, 'Home Visits', 'Bleeding Love', '2', '2015', 25);
CREATE TABLE performer_in_concert (concert_id INTEGER, performer_id INTEGER, PRIMARY KEY (concert_id, performer_id), FOREIGN KEY (concert_id) REFERENCES concert (concert_id), FOREIGN KEY (performer_id) REFERENCES performer (performer_id));
INSERT INTO performer_in_concert VALUES (1, 2), (1, 3), (2, 3), (3, 4);
