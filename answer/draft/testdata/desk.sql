CREATE TABLE agents ( agent_id INTEGER PRIMARY KEY, agent_name TEXT, hired_on DATE );
INSERT INTO agents VALUES (1, 'Ann Bell', '2021-03-01'), (2, 'Cai Dun', '2022-04-02'), (3, 'Eve Fox', '2023-05-03');
CREATE TABLE cases (
  case_id INTEGER PRIMARY KEY,
  agent_id INTEGER REFERENCES agents(agent_id),
  first_response_at TIMESTAMP,
  opened_at TIMESTAMP,
  resolved_at TIMESTAMP,
  due_on DATE,
  escalated INTEGER
);
INSERT INTO cases VALUES
  (1, 1, '2024-01-02 09:20:00', '2024-01-02 09:00:00', '2024-01-05 12:00:00', '2024-01-09', 0),
  (2, 2, '2024-01-03 10:05:00', '2024-01-03 10:00:00', '2024-01-09 18:00:00', '2024-01-10', 1),
  (3, 1, '2024-01-04 12:00:00', '2024-01-04 11:00:00', NULL, '2024-01-11', 0),
  (4, NULL, NULL, '2024-01-08 08:00:00', '2024-01-20 08:30:00', '2024-01-15', 1),
  (5, 2, '2024-01-10 15:01:00', '2024-01-10 15:00:00', '2024-01-12 09:00:00', '2024-01-17', 0);
CREATE TABLE case_parts ( case_id INTEGER, line INTEGER, part TEXT, quantity INTEGER, PRIMARY KEY (case_id, line) );
INSERT INTO case_parts VALUES (1, 1, 'fan', 2), (1, 2, 'belt', 1), (2, 1, 'fan', 1), (4, 1, 'pump', 3);
