-- How the clocks at the event's place go when a session starts, beside how its source writes the time. Records until now say one for both.
ALTER TABLE view_session ADD COLUMN place_offset_min INTEGER NOT NULL DEFAULT 0;
UPDATE view_session SET place_offset_min = offset_min;
