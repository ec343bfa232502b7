#!/bin/bash
# An event file that somebody changed with another program: verify names what was done, and no station writes into another table than ours.
set -eu
. "$(dirname "$0")/lib.sh"
if ! command -v sqlite3 >/dev/null; then
	skip "a changed schema" "there is no sqlite3 here"
	finish
	exit
fi
event_with_people 3

cp event curious
sqlite3 curious "CREATE INDEX mine ON record (kind); CREATE TABLE notes (x);
	CREATE TRIGGER gone AFTER INSERT ON record BEGIN DELETE FROM record; END; CREATE VIEW all_of_them AS SELECT * FROM record"
status 1 "what was added is a fault" "$turnout" verify curious
is "and each is named" "$(cat out)" 'the index "mine" on "record" was added
the table "notes" was added
the trigger "gone" on "record" was added
the view "all_of_them" was added'
ok "but turns nobody away" "$turnout" checkin curious P00001
like "who comes is counted" "$("$turnout" status curious)" 'came +1$'

cp event other
sqlite3 other "ALTER TABLE view_person ADD COLUMN remark TEXT DEFAULT 'x'"
status 1 "a table that is another" "$turnout" checkin other P00001
like "is named with what to do" "$(cat err)" 'the table "view_person" was changed: ",remark text default .*take a fresh copy'
status 1 "verify names it" "$turnout" verify other
like "too" "$(cat out)" '^the table "view_person" was changed'

cp event dear
# (SQLite's shell forbids that from 3.46 on unless it is told to)
sqlite3 -cmd ".dbconfig defensive off" dear "PRAGMA writable_schema = on;
	UPDATE sqlite_schema SET sql = replace(sql, 'length(hash) = 32)', 'length(hex(zeroblob(900000000))) > 0)') WHERE name = 'log'"
[ "${SAN:-0}" = 1 ] || ulimit -v 1000000 # sanitizers want terabytes of address space
status 1 "a constraint that would take gigabytes" timeout 20 "$turnout" verify dear
like "is named" "$(cat out)" '^the table "log" was changed: "\(?hex\(zeroblob'
status 1 "and nothing is written" timeout 20 "$turnout" checkin dear P00001

cp event far
sqlite3 far "INSERT INTO log (id, hash, author) VALUES (9223372036854775807, randomblob(32), randomblob(32))"
for command in "status far" "verify far" "checkin far P00001" "list far stations"; do
	status 1 "a log's number without room: $command" "$turnout" $command
	like "is told" "$(cat err)" 'a log in it has the number 9223372036854775807'
done

status 1 "views that cannot be compared" env TMPDIR=/no/such/folder "$turnout" verify event
like "are told" "$(cat out)" 'what is shown could not be compared with the records: /no/such/folder'
ok "a sound file" "$turnout" verify event
finish
