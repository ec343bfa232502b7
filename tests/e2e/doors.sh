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
finish
