-- Codes that people had once and have no longer, as their records say: another system gave out a ticket anew, or a typo was mended. What
-- was scanned by one of them is still that person's, and the code itself is good no more. A code may be one person's past and another's
-- present. Few people have any.
CREATE TABLE view_past_code (
    code TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (code, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_past_code_person ON view_past_code (person, code);

-- Present codes that readers may give in other ways than the roster writes them, in the form by which both are compared (event/code_form.h).
CREATE TABLE view_code_form (
    form TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (form, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_code_form_person ON view_code_form (person);

-- Codes that stood on printed badges.
CREATE TABLE view_printed (
    code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
