-- Whether a key wrote anything at all is asked of everybody who exchanges and has no role. Some files of version 7 have it already.
CREATE INDEX IF NOT EXISTS log_author ON log (author);
