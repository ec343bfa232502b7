-- Codes that people had once and have no longer, as their records say: another system gave out a ticket anew, or a typo was mended. What
-- was scanned by one of them is still that person's, and the code itself is good no more. A code may be one person's past and another's
-- present. Few people have any.
CREATE TABLE view_past_code (
    code TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (code, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_past_code_person ON view_past_code (person, code);
