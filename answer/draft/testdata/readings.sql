-- One table as a spreadsheet has it: units in names, in brackets and as letters, a year
-- that only a participle says, and a name of what the rows are no names of.
CREATE TABLE StationReadings (StationName TEXT, ObsDate TEXT, MaxTempC REAL, WindSpeedKmh REAL, HumidityPct INTEGER, "CO2 Emissions (kt)" REAL, "Fuel Type" TEXT, "Battery Capacity (mAh)" INTEGER, "Operating System" TEXT, Commissioned INTEGER);
INSERT INTO StationReadings VALUES ('Harbour', '2021-01-01', 8.5, 12.5, 81, 1.5, 'Coal', 5000, 'Linux', 1987), ('Harbour', '2021-01-02', 9.5, 20.5, 77, 0.5, 'Gas', 4500, 'Linux', 1994), ('Hilltop', '2021-01-01', 1.5, 33.5, 92, 0.25, 'Gas', 4000, 'RTOS', 2008), ('Hilltop', '2021-01-02', 2.5, 31.5, 90, 0.75, 'Coal', 5000, 'RTOS', 2015);
