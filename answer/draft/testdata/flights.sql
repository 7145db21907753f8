CREATE TABLE airlines (uid INTEGER, Airline TEXT, Abbreviation TEXT, Country TEXT);
INSERT INTO airlines VALUES (1, 'Blue Wing', 'BW', 'USA'), (2, 'North Star', 'NS', 'Canada'), (3, 'Sky Bird', 'SB', 'USA');
CREATE TABLE airports (AirportCode TEXT PRIMARY KEY, AirportName TEXT, City TEXT, Country TEXT, CountryAbbrev TEXT, Latitude REAL, Longitude REAL);
INSERT INTO airports VALUES ('APG', 'Phillips', 'Aberdeen', 'United States', 'US', 39.46, -76.17), ('ABY', 'Albany', 'Albany', 'United States', 'US', 31.53, -84.19), ('ATO', 'Ohio Univ', 'Athens', 'United States', 'US', 39.2, -82.2);
CREATE TABLE flights (Airline INTEGER, FlightNo INTEGER, SourceAirport TEXT, DestAirport TEXT, departed_ms INTEGER, seats_sold INTEGER, fare DECIMAL(8,2), delay_minutes INTEGER,
  PRIMARY KEY (Airline, FlightNo), FOREIGN KEY (SourceAirport) REFERENCES airports (AirportCode), FOREIGN KEY (DestAirport) REFERENCES airports (AirportCode));
INSERT INTO flights VALUES (1, 28, 'APG', 'ABY', 1717200000000, 120, 99.50, 5), (1, 29, 'ABY', 'APG', 1717286400000, 98, 120.00, 0), (2, 44, 'ATO', 'ABY', 1717372800000, 77, 80.25, 12), (3, 28, 'ATO', 'APG', 1717459200000, 101, 75.00, 30);
