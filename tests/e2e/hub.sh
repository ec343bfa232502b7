#!/bin/bash
# The hub with real programs: publishing, pairing, enrolling, exchanging, what is refused, restarts. On a folder, and on PostgreSQL when STORE names
# one (tests/e2e/hub_pg.sh).
set -eu
. "$(dirname "$0")/lib.sh"
store=${STORE:-$work/hub-store}

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
start_hub() {               # more options; $url, $hub
	: >hub.out
	XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store "$store" "$@" >hub.out 2>>hub.log &
	hub=$!
	for _ in $(seq 300); do grep -q listening hub.out && break; sleep 0.1; done
	url=$(grep -oE 'https?://.*' hub.out)
}
stop_hub() {
	kill -TERM $hub
	status=0
	wait $hub || status=$?
}
post() { curl -s -o body -w '%{http_code}' -X POST --data-binary "$1" "$url$2"; }

status 2 "a hub without a store" "$BUILD/turnout-hub"
status 2 "an address that is none" "$BUILD/turnout-hub" --store "$store" --listen nowhere
status 2 "a store that is none" "$BUILD/turnout-hub" --store mysql://x
echo "no certificate" >no.pem
umask 022
[ -n "${STORE:-}" ] || mkdir "$store" # by somebody whose files all may read
status 1 "a first start that fails" "$BUILD/turnout-hub" --store "$store" --listen 127.0.0.1:0 --tls-cert no.pem --tls-key no.pem
is "tells no token" "$(grep -c token out || true)" 0
python3 -c 'import socket, time; s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True); time.sleep(60)' >taken &
taking=$!
await taken '[0-9]'
status 1 "a port that is taken" "$BUILD/turnout-hub" --store "$store" --listen "127.0.0.1:$(cat taken)"
kill $taking
is "nor does that" "$(grep -c token out || true)" 0
start_hub
token=$(grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out)
like "the first that serves does" "$(cat hub.out)" "^admin token: "
stop_hub
start_hub
is "it is told once" "$(grep -c token hub.out)" 0
[ -n "${STORE:-}" ] || is "the hub's key is nobody else's to read" "$(stat -c %a "$store/hub.sqlite")" 600
is "healthy" "$(curl -s "$url/healthz")" ok
like "it tells its key" "$(curl -s "$url/v1/hub")" '^\{"turnout-hub":1,"key":"[0-9a-f]{64}"\}$'
is "another path" "$(curl -s -o /dev/null -w '%{http_code}' "$url/x")" 404
is "another method" "$(curl -s -o /dev/null -w '%{http_code}' -X DELETE "$url/healthz")" 405

as laptop init a --title 'Ярмарок "А"' >/dev/null
as laptop person a add "Олена Приклад" --code A-1 >/dev/null
unset TURNOUT_TOKEN
status 2 "publishing needs a token" as laptop publish a "$url" </dev/null
like "and it is said from where" "$(cat err)" '--token-file FILE, or TURNOUT_TOKEN'
status 1 "and the right one" as laptop publish a "$url" --admin-token "${token%????}0000"
status 1 "of this hub" as laptop publish a "$url" --admin-token "0000${token#????}"
like "another hub's is told" "$(cat err)" 'another hub'
ok "an event is published" as laptop publish a "$url" --admin-token "$token"
(umask 077 && echo "$token" >token)
ok "again, by a token in a file" as laptop publish a "$url" --token-file token
ok "from a pipe" as laptop publish a "$url" --token-file - < <(echo "$token")
ok "from the environment" env TURNOUT_TOKEN="$token" XDG_STATE_HOME="$work/state-laptop" "$turnout" publish a "$url"
status 1 "a file that is none" as laptop publish a "$url" --token-file nowhere
status 2 "one without a token" as laptop publish a "$url" --token-file /dev/null
status 2 "a file and a token" as laptop publish a "$url" --token-file token --admin-token "$token"
status 2 "a variable that is no token" env TURNOUT_TOKEN=x XDG_STATE_HOME="$work/state-laptop" "$turnout" publish a "$url"
status 1 "one with a wrong token" env TURNOUT_TOKEN="${token%????}0000" XDG_STATE_HOME="$work/state-laptop" "$turnout" publish a "$url"

# At a terminal it is typed, and not shown.
typed() { # keys (Python); what the terminal showed is in shown, its settings in echo
	XDG_STATE_HOME=$work/state-laptop python3 - "$turnout" publish a "$url" <<-END
		import os, pty, select, sys, termios, time
		pid, fd = pty.fork()
		if pid == 0:
		    os.execv(sys.argv[1], sys.argv[1:])
		shown, sent = b"", False
		while True:
		    try:
		        got = os.read(fd, 4096)
		    except OSError:
		        break
		    if not got:
		        break
		    shown += got
		    if b"not shown" in shown and not sent:
		        os.write(fd, $1)
		        sent = True
		    if b"\\n" in shown and sent:
		        open("echo", "w").write(str(bool(termios.tcgetattr(fd)[3] & termios.ECHO)))
		open("shown", "wb").write(shown)
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
	END
}
: >shown
ok "it is typed at a terminal" typed "b'x\\x7f$token\\n'"
like "which is asked for" "$(cat shown)" 'token \(it is not shown\): '
is "and not shown" "$(grep -c "${token#*-}" shown || true)" 0
like "before it is published" "$(cat shown)" 'published at'
is "then the terminal shows again what is typed" "$(cat echo)" True
is "it can be given up" "$(typed "b'12\\x03'" || echo $?)" 2
is "and the terminal is as it was" "$(cat echo)" True
as other init z --title Z >/dev/null
status 1 "an event that is not there yet cannot be paired" as other pair z "$url" --admin-token "$token"
like "and it is said" "$(cat err)" 'does not hold that event'

code() { as laptop pair a "$url" --admin-token "$token" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])'; }
pairing=$(code)
like "a pairing code" "$pairing" '^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$'
status 1 "a wrong code" as box enroll b "$url" "${pairing:0:10}0000-0000"
like "and what may be the matter" "$(cat err)" 'used already|mistyped|wrong'
first=${pairing:0:1}
status 1 "a code whose first half is wrong" as box enroll b "$url" "$([ "$first" = Z ] && echo Y || echo Z)${pairing:1}"
like "may be another hub's, or mistyped" "$(cat err)" 'another hub answers at .* than the one that made this code, or the code was mistyped'
status 2 "half a code" as box enroll b "$url" "${pairing:0:9}"
status 2 "more than a code" as box enroll b "$url" "$pairing" X
ok "a code enrols" as box enroll b "$url" "$(tr A-Z a-z <<<"$pairing" | tr -d -)"
unspent=$(code)
status 1 "a file that cannot be made" as box3 enroll nowhere/d "$url" "$unspent"
mkdir -p full
status 1 "a folder of that name" as box3 enroll full "$url" "$unspent"
echo "notes" >notes
status 1 "a file that is none of an event" as box3 enroll notes "$url" "$unspent"
is "stays as it is" "$(cat notes)" notes
as other init theirs --title "Another" >/dev/null
before=$(sha256sum <theirs)
status 1 "a file of another event" as other enroll theirs "$url" "$unspent"
like "which is said" "$(cat err)" 'for another event than that file; it was not used'
is "and the file is as it was" "$(sha256sum <theirs)" "$before"
ok "leaves the code good, and it may be typed in groups" as box3 enroll d3 "$url" ${unspent//-/ }
status 1 "once" as box2 enroll c "$url" "$pairing"
like "and it is said" "$(cat err)" 'used already'
ok "a copy that is there is brought up to date" as box enroll b "$url" "$(code)"
as box checkin b A-1 >/dev/null
ok "the station sends where the event says" as box sync b
like "the record of it, as the log had begun before" "$(cat out)" '^sent 1 record,'
ok "the organiser takes them" as laptop sync a
is "all the same" "$(as laptop digest a)" "$(as box digest b)"
like "metrics" "$(curl -s "$url/metrics")" '^turnout_records\{event="[0-9a-f]{16}"\} [0-9]+$'
like "are Prometheus text" "$(curl -s "$url/metrics")" '^# TYPE turnout_exchanges_total counter$'

# What is refused leaves everything as it is.
before=$(curl -s "$url/metrics" | grep '^turnout_records{')
is "no message" "$(post hello /v1/exchange)" 400
like "a sentence" "$(cat body)" 'no message of Turnout'
is "from the future" "$(post "$(printf 'TURNOUT9%0200d' 0)" /v1/exchange)" 426
is "of an event nobody knows" "$(post "$(printf 'TURNOUT1%0200d' 0)" /v1/exchange)" 404
head -c 3000000 /dev/zero >big
is "too large" "$(curl -s -o /dev/null -w '%{http_code}' -X POST --data-binary @big "$url/v1/exchange")" 413
is "nothing at the door" "$(post hello /v1/door)" 400
is "no GET at the door" "$(curl -s -o /dev/null -w '%{http_code}' "$url/v1/door")" 405
is "nothing changed" "$(curl -s "$url/metrics" | grep '^turnout_records{')" "$before"

# A station that is retired, and one whose invitation is closed.
as box2 enroll c "$url" "$(code)" >/dev/null
as box2 checkin c A-1 >/dev/null
as box2 sync c >/dev/null
key=$(as box2 station c key | grep -oE '[0-9a-f]{64}')
as laptop sync a >/dev/null
ok "a station is retired" as laptop station a retire "$key"
ok "the hub hears of it" as laptop sync a
as box2 checkin c A-1 >/dev/null 2>&1 || true
status 1 "a retired station is turned away" as box2 sync c
like "and told why" "$(cat err)" 'retired'
status 1 "and signs nobody in any more" as box2 checkin c A-1
like "which it says as well" "$(cat err)" 'retired by the organiser'
ok "the others go on" as box sync b

# What the hub holds of whom, told to its administrator alone; more stations than go into one answer.
held() { as laptop station a hub "$url" --admin-token "$token" "$@"; }
as box copy b many >/dev/null
for i in $(seq 105); do as "many-$i" checkin many A-1 >/dev/null; done
as box sync many "$url" >/dev/null
ok "it lists what it holds" held --json
is "every author" "$(python3 -c 'import json; print(len({s["key"] for s in json.load(open("out"))}))')" 109
is "a station with its log" "$(python3 -c 'import json; print([(s["standing"], s["logs"], s["records"], s["here"]) for s in json.load(open("out")) if s["key"] == "'"$(as many-1 station many key)"'"])')" "[('member', 1, 2, 0)]"
is "and the retired one" "$(python3 -c 'import json; print([(s["key"], s["records"] == s["here"]) for s in json.load(open("out")) if s["standing"] == "retired"])')" "[('$key', True)]"
ok "for people" held
like "in a table" "$(cat out)" "^${key:0:16}  "
status 1 "with another token" as laptop station a hub "$url" --admin-token "${token%????}0000"
status 1 "of an event it does not hold" as other station z hub "$url" --admin-token "$token"
like "and it is said" "$(cat err)" 'does not hold that event'

ok "the invitation is closed" as laptop station a close
ok "the hub hears of that too" as laptop sync a
status 1 "no code is given whose station would not count" as laptop pair a "$url" --admin-token "$token"
like "and it is said what to do" "$(cat err)" 'station EVENT invite.*publish'
ok "a new invitation" as laptop station a invite
ok "is brought to the hub" as laptop publish a "$url" --admin-token "$token"
ok "a code of it enrols" as box4 enroll e "$url" "$(code)"

# Guessing is stopped. Tries are counted in windows of ten minutes, of which one may end here.
for _ in $(seq 24); do
	as box3 enroll d "$url" "${pairing:0:10}AAAA-AAAA" >/dev/null 2>err || true
	! grep -q 'too many wrong' err || break
done
like "who guesses waits" "$(cat err)" 'too many wrong'

[ -z "${SHOW:-}" ] || cat hub.log
stop_hub
is "SIGTERM ends it well" $status 0
start_hub
is "the token is told once" "$(grep -c token hub.out || true)" 0
as box checkin b A-1 >/dev/null
ok "after a restart everything is there" as box sync b "$url"
is "no token in any byte of its store" "$(grep -rac "${token#*-}" hub-store hub.log 2>/dev/null | grep -vc ':0$' || true)" 0
stop_hub

openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
start_hub --tls-cert cert.pem --tls-key key.pem
like "it speaks TLS" "$url" '^https://'
status 1 "http is not spoken there" as box sync b "http:${url#https:}"
like "and it is said" "$(cat err)" 'if it speaks https, write https://'
status 1 "a certificate that nobody vouches for" as box sync b "$url"
ok "one that is trusted" as box sync b "$url" --ca cert.pem
stop_hub
finish
