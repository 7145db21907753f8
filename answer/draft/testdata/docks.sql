CREATE TABLE dock (dockId INTEGER PRIMARY KEY, dockName TEXT, town TEXT);
INSERT INTO dock VALUES (1, 'Mill Lane', 'Ayre'), (2, 'Quayside', 'Ayre'), (3, 'Orchard', 'Bramley'), (4, 'Station Road', 'Bramley');
CREATE TABLE rideStateCode (stateCode INTEGER PRIMARY KEY, stateLabel TEXT);
INSERT INTO rideStateCode VALUES (0, 'reserved'), (1, 'riding'), (2, 'returned'), (3, 'lost');
CREATE TABLE PRTNR (PKDNR INTEGER PRIMARY KEY, PNAME TEXT);
INSERT INTO PRTNR VALUES (501, 'Ayre Cycles'), (502, 'Bramley Council'), (503, 'Tandem Trust');
CREATE TABLE ride (rideId INTEGER PRIMARY KEY, startDock INTEGER, endDock INTEGER, totalDock INTEGER, rideState INTEGER, OWPKDNR INTEGER /* company that owns the bike */, takenAt TIMESTAMP, fare REAL);
INSERT INTO ride VALUES (11, 1, 2, 1, 2, 501, '2026-01-05 08:10:00', 2.5), (12, 2, 3, 2, 2, 502, '2026-01-06 09:00:00', 3.1), (13, 3, 1, 1, 3, 501, '2026-02-01 17:45:00', 4.4), (14, 1, 4, 1, 1, 503, '2026-02-09 12:00:00', 1.9), (15, 4, 4, 2, 2, 502, '2026-03-02 07:30:00', 2.2);
