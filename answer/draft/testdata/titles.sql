CREATE TABLE book (book_id INTEGER PRIMARY KEY, title TEXT, pages INTEGER);
CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT, book_id INTEGER REFERENCES book(book_id));
CREATE TABLE member (member_id INTEGER PRIMARY KEY, name TEXT, birthplace TEXT, birth_year INTEGER, death_year INTEGER);
INSERT INTO book VALUES (1, '雾港', 320), (2, '星渡', 410);
INSERT INTO film VALUES (1, '远山', 1), (2, '夜航', 2);
INSERT INTO member VALUES (1, '林一舟', '浙江', 1931, 2004), (2, '周晚', '四川', 1958, NULL);
