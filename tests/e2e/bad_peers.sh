#!/bin/bash
# Peers that are broken, old, new, greedy or hostile, over real HTTP against a hub and against "turnout serve": each gets a clear refusal, which
# stands in the log too, nothing changes, and the others go on meanwhile.
set -eu
. "$(dirname "$0")/lib.sh"
bad=$BUILD/tests/sync/bad_peer

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
wait_for() { for _ in $(seq 300); do ! grep -q listening "$1" || break; sleep 0.1; done; }
post() { curl -s -o answer -w '%{http_code}' -X POST -H 'Expect:' --data-binary "@$1" "$url/v1/exchange"; }

# says WHAT KIND STATUS SENTENCE [NUMBER [LOGGED]]: the answer's status and text, and a line in the server's log.
says() {
	"$bad" "$2" b "${5:-1}" >body
	local got before
	before=$(wc -c <"$log")
	got=$(post body)
	if [ "$got" = 200 ]; then "$bad" read b <answer >text; else cp answer text; fi
	is "$server: $1" "$got" "$3"
	like "$server: and is told so" "$(cat text)" "$4"
	like "$server: and the log says it" "$(tail -c "+$((before + 1))" "$log")" "${6:-$4}"
}

# Every kind, against the server at $url whose log is $log. The event's title and records are compared with `state`.
all_kinds() {
	local before
	before=$(state)
	says "a message that is cut short" truncated 400 'does not open|cut short'
	head -c 3000000 /dev/zero >body
	is "$server: one that is too large" "$(post body || true)" 413
	like "$server: is told how much is taken" "$(cat answer)" '1048576 bytes'
	like "$server: and in the log" "$(cat "$log")" 'refused 127.0.0.1: the body is longer'
	says "one that unpacks to 64 megabytes" bomb 400 'unpacks to more than'
	says "an envelope of a newer Turnout" future-envelope 426 'newer Turnout'
	says "a message of a newer Turnout" future-message 426 'newer Turnout'
	says "of another event" wrong-event "$other_event" 'another event|not hold that event'
	says "sealed with another key" wrong-key 400 'does not open'
	says "signed by another than it says" bad-signature 403 'signature'
	says "that is no request" no-request 400 'no request'
	says "of a station that nobody knows" stranger 200 'refuse.unknown' 9 'refused.*unknown'
	is "$server: nothing has changed" "$(state)" "$before"
	ok "$server: a station goes on" as box sync b "$url"
}

# Sixty seconds a request may take; these take them all, from an address of their own, and twice as many as one address may have.
slow_loris() {
	python3 - "$url" <<-'PY' &
		import socket, sys, time
		host, port = sys.argv[1].split("//")[1].split(":")
		peers = []
		for _ in range(200):
		    s = socket.socket()
		    s.bind(("127.0.0.2", 0))
		    try:
		        s.connect((host, int(port)))
		        s.send(b"POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nX: ")
		        peers.append(s)
		    except OSError:
		        pass
		open("loris", "w").write("slow\n")
		while True:
		    for s in peers:
		        try:
		            s.send(b"x")
		        except OSError:
		            pass
		    time.sleep(0.3)
	PY
	loris=$!
	for _ in $(seq 100); do [ ! -e loris ] || break; sleep 0.1; done
	as box checkin b A-1 >/dev/null
	ok "$server: two hundred slow clients keep no station away" as box sync b "$url"
	like "$server: and it sends" "$(cat out)" '^sent [1-9]'
	is "$server: and is healthy" "$(curl -s -m 10 "$url/healthz")" ok
	kill $loris
	wait $loris 2>/dev/null || true
	rm -f loris
}

# A member whose records are wrong in part, one that says what it may not, and one that is retired.
odd_members() { # NUMBERS of three keys
	local before
	before=$(state)
	says "a run that nobody signed" bad-run 200 'have' "$1" 'wrong runs?.*signature does not fit'
	says "a record that only the organiser may write" rightless 200 'have' "$2" 'took 2|taken=2'
	if [ "$(state)" != "$before" ]; then pass "$server: is kept"; else fail "$server: is kept" "$before"; fi
	curl -s -o answer -X POST --data-binary "@$("$bad" member b "$3" >joins; echo joins)" "$url/v1/exchange"
}

as laptop init a --title "Ярмарок" >/dev/null
as laptop person a add "Олена Приклад" --code A-1 >/dev/null
as laptop copy a b >/dev/null
as box checkin b A-1 >/dev/null

server="a hub" log=hub.log other_event=404
: >hub.out
XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store store >hub.out 2>hub.log &
hub=$!
wait_for hub.out
url=$(grep -oE 'http://.*' hub.out)
state() { curl -s "$url/metrics" | grep '^turnout_records{'; }
as laptop publish a "$url" --admin-token "$(grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out)" >/dev/null
as box sync b "$url" >/dev/null
all_kinds
echo hello >body
is "a hub: nothing at the door" "$(curl -s -o answer -w '%{http_code}' -X POST --data-binary @body "$url/v1/door")" 400
like "a hub: and it is in the log" "$(cat hub.log)" 'door refused client=127.0.0.1'
slow_loris
odd_members 21 22 23
as laptop sync a "$url" >/dev/null
like "what it may not say counts for nothing" "$(as laptop status a)" 'Ярмарок'
like "and is shown" "$(as laptop conflicts a)" 'event|right|may'
key=$("$bad" key b 23)
ok "a station is retired" as laptop station a retire "$key"
as laptop sync a "$url" >/dev/null
before=$(state)
says "whom the organiser retired" stranger 200 'refuse.retired' 23 'refused.*retired'
is "a hub: nothing has changed by it" "$(state)" "$before"
kill -TERM $hub
wait $hub || true
as box sync b "$url" >/dev/null 2>&1 || true

server="serve" log=serve.log other_event=400
: >serving
XDG_STATE_HOME=$work/state-laptop "$turnout" serve a --listen 127.0.0.1:0 >serving 2>serve.log &
laptop=$!
wait_for serving
url=$(grep -o 'http://.*' serving)
state() { as reader digest a; }
as box sync b "$url" >/dev/null
all_kinds
slow_loris
odd_members 31 32 33
says "whom the organiser retired" stranger 200 'refuse.retired' 23 'refused.*retired'
kill $laptop
wait $laptop || true
ok "the laptop's file is sound" as laptop verify a
ok "the station's too" as box verify b
finish
