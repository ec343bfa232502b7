#!/bin/bash
# What stands at the doors: who may come in, by what, and what happens to those who may not. With real programs and real connections.
set -eu
. "$(dirname "$0")/lib.sh"

as() { XDG_STATE_HOME=$work/state-$1 "$turnout" "${@:2}"; } # on which box
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

as laptop init a --title A >/dev/null

# --- TLS 1.2 at least, whatever this machine's OpenSSL is told to put up with -----------------------------------------------------------------
cat >lax.cnf <<-'END'
	openssl_conf = all
	[all]
	ssl_conf = ssl
	[ssl]
	system_default = lax
	[lax]
	MinProtocol = TLSv1
	CipherString = DEFAULT:@SECLEVEL=0
END
export OPENSSL_CONF=$work/lax.cnf
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
	-config /etc/ssl/openssl.cnf 2>/dev/null
tls_server() { # openssl's option for the version; $port, $server
	port=$(free_port)
	openssl s_server -accept "127.0.0.1:$port" "$1" -cert cert.pem -key key.pem -www -quiet >/dev/null 2>&1 &
	server=$!
	for _ in $(seq 100); do
		curl -s --max-time 5 --tlsv1.0 --cacert cert.pem -o /dev/null "https://127.0.0.1:$port/" && return 0
		kill -0 $server 2>/dev/null || return 1
		sleep 0.1
	done
	kill $server
	return 1
}
if tls_server -tls1_1; then
	status 1 "a server that speaks TLS 1.1 alone is not spoken to" as laptop publish a "https://127.0.0.1:$port" --ca cert.pem --admin-token "$(printf %016d-%032d 0 0)"
	like "and it is said" "$(cat err)" 'cannot prove who it is'
	kill $server
else
	skip "a server that speaks TLS 1.1 alone is not spoken to" "the installed OpenSSL does not speak it"
fi
if tls_server -tls1_2; then
	status 1 "one that speaks TLS 1.2 is" as laptop publish a "https://127.0.0.1:$port" --ca cert.pem --admin-token "$(printf %016d-%032d 0 0)"
	like "as its web page shows" "$(cat err)" 'a web page answered'
	kill $server
else
	fail "one that speaks TLS 1.2 is" "openssl s_server could not be reached"
fi
unset OPENSSL_CONF

# --- the hub's door -----------------------------------------------------------------------------------------------------------------------------
start_hub() { # more options; $url, $port, $hub
	: >hub.out
	XDG_STATE_HOME=$work/state-hub "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store hub-store "$@" >hub.out 2>>hub.log &
	hub=$!
	for _ in $(seq 300); do grep -q listening hub.out && break; sleep 0.1; done
	url=$(grep -oE 'https?://.*' hub.out)
	port=${url##*:}
}
stop_hub() {
	kill -TERM $hub
	wait $hub || true
}
# Tries are counted in windows of ten minutes: begin where there is some time left in one.
while [ $((600 - $(date +%s) % 600)) -lt 45 ]; do sleep 1; done

status 2 "a proxy that is none" "$BUILD/turnout-hub" --store hub-store --proxy everybody
status 2 "nor all of the world" "$BUILD/turnout-hub" --store hub-store --proxy 0.0.0.0/0
start_hub --proxy 127.0.0.1 --proxy 10.0.0.0/8
token=$(grep -oE '[0-9a-f]{16}-[0-9a-f]{32}' hub.out)
ok "an event is published" as laptop publish a "$url" --admin-token "$token"
code=$(as laptop pair a "$url" --admin-token "$token" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')

# A proxy as any: it writes whom it speaks for behind what was there.
cat >proxy.py <<-'END'
	import http.client, http.server, sys
	hub, whom = int(sys.argv[1]), sys.argv[2]
	class Proxy(http.server.BaseHTTPRequestHandler):
	    def relay(self):
	        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
	        c = http.client.HTTPConnection("127.0.0.1", hub)
	        c.request(self.command, self.path, body, {"Content-Type": "application/octet-stream", "X-Forwarded-For": "198.51.100.9, " + whom})
	        r = c.getresponse()
	        data = r.read()
	        self.send_response(r.status)
	        for name in ("Content-Type", "Retry-After"):
	            if r.getheader(name):
	                self.send_header(name, r.getheader(name))
	        self.send_header("Content-Length", str(len(data)))
	        self.end_headers()
	        self.wfile.write(data)
	    do_GET = do_POST = relay
	    def log_message(self, *a):
	        pass
	s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
	print(s.server_port, flush=True)
	s.serve_forever()
END
start_proxy() { # whom it speaks for; $behind, $proxy
	: >proxy.out
	python3 proxy.py "$port" "$1" >proxy.out &
	proxy=$!
	for _ in $(seq 100); do [ -s proxy.out ] && break; sleep 0.1; done
	behind=http://127.0.0.1:$(cat proxy.out)
}
guess() { as guesser enroll guessed "$1" "${code:0:10}AAAA-AAA$2" >/dev/null 2>err || true; }
start_proxy 192.0.2.66
for i in 0 1 2 3 4 5 6 7 8 9; do guess "$behind" $i; done
guess "$behind" A
like "who guesses waits" "$(cat err)" 'too many wrong'
like "by the proxy's word" "$(cat hub.log)" 'denied client=192.0.2.66:'
ok "the administrator does not, even from there" as laptop publish a "$behind" --admin-token "$token"
kill $proxy
start_proxy 2001:db8:1:2::7
ok "nor does another behind the same proxy" as box enroll b "$behind" "$code"
kill $proxy

# Refusals are written so many times a minute.
lines() { grep -c "$1" hub.log || true; }
for _ in $(seq 60); do curl -s -o /dev/null -X POST --data-binary hello "$url/v1/exchange"; done
is "sixty refusals are twenty lines" "$(lines 'exchange refused')" 20
stop_hub
is "and how many there were besides" "$(lines 'exchanges that were refused: and 40 more like it')" 1

# Without a proxy that was named nobody's word is believed.
start_hub
curl -s -o /dev/null -X POST --data-binary hello -H 'X-Forwarded-For: 192.0.2.77' -H 'Forwarded: for=192.0.2.77' "$url/v1/exchange"
is "anybody's word is not believed" "$(lines 'client=192.0.2.77')" 0

# What could be read in two ways.
raw() { # what is sent; the answer's first line
	python3 - "$port" "$1" <<-'END'
		import socket, sys
		s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 60)
		s.sendall(sys.argv[2].encode().decode("unicode_escape").encode())
		answer = b""
		while True:
		    got = s.recv(65536)
		    if not got:
		        break
		    answer += got
		print(answer.split(b"\r\n")[0].decode(), answer.count(b"\r\nDate: "))
	END
}
is "a length and chunks" "$(raw 'POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')" 'HTTP/1.1 400 Bad Request 1'
is "two lengths" "$(raw 'POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello')" 'HTTP/1.1 400 Bad Request 1'
stop_hub

# --- more connections than files ----------------------------------------------------------------------------------------------------------------
crowd() { # how many connections are held open, then how many of them were answered by what
	python3 - "$port" "$1" <<-'END'
		import collections, socket, sys
		held, said = [], collections.Counter()
		for _ in range(int(sys.argv[2])):
		    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 60)
		    try:
		        s.sendall(b"GET /v1/hub HTTP/1.1\r\nHost: x\r\n\r\n")
		        got = s.recv(65536)
		    except ConnectionError:
		        got = b""
		    said[got[9:12].decode() or "closed"] += 1
		    held.append(s)
		print(said["200"] > 16, said["503"] > 0, set(said) <= {"200", "503", "closed"})
	END
}
status 1 "a limit of open files that is too low" bash -c "ulimit -n 200; exec '$BUILD/turnout-hub' --store hub-store --listen 127.0.0.1:0"
like "and it is said what to do" "$(cat err)" 'LimitNOFILE'
start_few() { # as start_hub, with so few files that some connections are one too many
	: >hub.out
	(ulimit -n 600 && exec "$BUILD/turnout-hub" --listen 127.0.0.1:0 --store hub-store "$@") >hub.out 2>>hub.log &
	hub=$!
	for _ in $(seq 300); do grep -q listening hub.out && break; sleep 0.1; done
	url=$(grep -oE 'https?://.*' hub.out)
	port=${url##*:}
}
start_few
like "few files are few connections" "$(cat hub.log)" 'leaves room for [0-9]+ connections'
is "a crowd from one address is answered or sent away" "$(crowd 300)" "True True True"
ok "and others are served" as laptop publish a "$url" --admin-token "$token"
stop_hub
start_few --proxy 127.0.0.1
is "a crowd in all too" "$(crowd 300)" "True True True"
ok "and the files were enough" as laptop publish a "$url" --admin-token "$token"
stop_hub
is "it never ran out of them" "$(lines 'Too many open files')" 0

# --- a store that cannot write ---------------------------------------------------------------------------------------------------------------------
healthy() { curl -s -o body -w '%{http_code}' "$url/healthz"; }
wait_healthy() { for _ in $(seq 100); do [ "$(healthy)" != "$1" ] || break; sleep 0.2; done; healthy; }
start_hub
is "a store that can write is healthy" "$(healthy)" 200
# The disk is as good as full: no file may grow, nor be written.
prlimit --pid $hub --fsize=0:unlimited
is "one that cannot is not" "$(wait_healthy 503)" 503
like "and it is said" "$(cat body)" 'cannot write'
prlimit --pid $hub --fsize=unlimited:unlimited
is "until it can again" "$(wait_healthy 200)" 200
stop_hub
finish
