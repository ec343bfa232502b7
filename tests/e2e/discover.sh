#!/bin/bash
# Stations find each other on a network without a DHCP server: two machines, each its own network and mount namespace with its own D-Bus and
# Avahi, joined by a cable. Also what a name server that never answers does to a question.
set -eu

# Everything happens in namespaces that end with this script, whatever becomes of it.
if [ -z "${IN_NAMESPACES:-}" ]; then
	whole=(unshare --mount --net --pid --fork --kill-child --mount-proc)
	missing=
	for program in dbus-daemon avahi-daemon ip nsenter; do
		PATH=$PATH:/usr/sbin:/sbin command -v $program >/dev/null || missing="$missing $program"
	done
	if [ "$(id -u)" != 0 ]; then
		IN_NAMESPACES="only root may give Avahi's daemon a machine of its own"
	elif [ -n "$missing" ]; then
		IN_NAMESPACES="not installed:$missing"
	elif ! why=$("${whole[@]}" unshare --mount --net ip link add cable0 type veth peer name cable1 2>&1); then
		IN_NAMESPACES="namespaces or virtual cables are not allowed here: $why"
	else
		IN_NAMESPACES=yes PATH=$PATH:/usr/sbin:/sbin exec "${whole[@]}" "$0" "$@"
	fi
fi
. "$(dirname "$0")/lib.sh"
if [ "$IN_NAMESPACES" != yes ]; then
	skip "stations find each other" "$IN_NAMESPACES"
	finish
	exit
fi
peer=$BUILD/tests/net/lan_peer

# --- two machines -------------------------------------------------------------------------------------------------------------------
declare -A holder bus daemon program

# in_box BOX COMMAND…: in that machine; replaces the shell that calls it.
in_box() {
	local box=$1
	shift
	exec nsenter --target "${holder[$box]}" --mount --net -- "$@"
}

new_box() {
	local box=$1
	unshare --mount --net sleep infinity &
	holder[$box]=$!
	until [ "$(readlink /proc/${holder[$box]}/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
	ip link set "cable-$box" netns "${holder[$box]}"
	mkdir "$box"
	cat >"$box/bus.conf" <<-XML
		<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
		<busconfig>
		  <type>system</type>
		  <listen>unix:path=/run/dbus/system_bus_socket</listen>
		  <policy context="default">
		    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
		  </policy>
		</busconfig>
	XML
	printf '[server]\nhost-name=box-%s\n[publish]\npublish-workstation=no\npublish-hinfo=no\n' "$box" >"$box/avahi.conf"
	(in_box "$box" bash -ec "mount -t tmpfs run /run; mkdir /run/dbus /run/avahi-daemon
		echo 0 >/proc/sys/net/ipv6/conf/cable-$box/accept_dad
		ip link set lo up; ip link set cable-$box up")
}

start_bus() {
	(in_box "$1" dbus-daemon --config-file="$PWD/$1/bus.conf" --nofork --nopidfile) >>"$1/bus.log" 2>&1 &
	bus[$1]=$!
	for _ in $(seq 600); do
		[ ! -S "/proc/${holder[$1]}/root/run/dbus/system_bus_socket" ] || return 0
		sleep 0.1
	done
}
start_daemon() {
	(in_box "$1" avahi-daemon --file="$PWD/$1/avahi.conf" --no-drop-root --no-rlimits --no-chroot) >>"$1/avahi.log" 2>&1 &
	daemon[$1]=$!
}
# end PID: and waits until it has.
end() {
	kill -"${2:-TERM}" "$1" 2>/dev/null || true
	wait "$1" 2>/dev/null || true
}

# start NAME BOX EVENT STATION: a peer whose lines go to NAME.log
start() {
	rm -f "$1.log" # before it is waited for: the new one is made by the program's shell
	(in_box "$2" "$peer" "$3" "$4") >"$1.log" 2>"$1.err" &
	program[$1]=$!
}

# await_peer WHAT NAME PATTERN: the last "now" line of that peer comes to be like the pattern. Sixty seconds are for a machine that does other things.
await_peer() {
	for _ in $(seq 600); do
		if grep -s '^now' "$2.log" | tail -n 1 | grep -Eq -- "$3"; then
			pass "$1"
			return
		fi
		sleep 0.1
	done
	fail "$1" "$(cat "$2.log" "$2.err"; tail -n 5 ?/avahi.log)"
}
# await_line WHAT FILE PATTERN: any line of it.
await_line() {
	for _ in $(seq 600); do
		if grep -Eq -- "$3" "$2" 2>/dev/null; then
			pass "$1"
			return
		fi
		sleep 0.1
	done
	fail "$1" "$(cat "$2")"
}

ip link add cable-a type veth peer name cable-b
new_box a
new_box b

# --- nobody to ask ------------------------------------------------------------------------------------------------------------------
start lone a tag-1 station-lone
await_peer "without D-Bus it runs and says that it finds nobody" lone '^now off$'
start_bus a
start_bus b
end "${program[lone]}"
is "and ends when told to" "$(tail -n 1 lone.log)" ended
is "without a complaint" "$(cat lone.err)" ""

start a a tag-1 station-a
start b b tag-1 station-b
await_peer "with D-Bus alone too" a '^now off$'

# --- IPv6 link-local alone ----------------------------------------------------------------------------------------------------------
start_daemon a
start_daemon b
local6='http://\[fe80::[0-9a-f:]+%25cable-'
await_peer "the daemon comes: the other is found over its link-local address" a "^now announced station-b=${local6}a\]:[0-9]+$"
await_peer "and finds this one" b "^now announced station-a=${local6}b\]:[0-9]+$"
await_line "the address found can be asked" a.log "^asked ${local6}a\]:[0-9]+: station-b$"
await_line "from both sides" b.log "^asked ${local6}b\]:[0-9]+: station-a$"

# --- two kiosks ---------------------------------------------------------------------------------------------------------------------
"$turnout" init fair --title "Ярмарок" >/dev/null
"$turnout" person fair add "Олена Приклад" --code A-1 >/dev/null
for box in a b; do
	"$turnout" copy fair "fair-$box" >/dev/null
	echo "at 290000 quit" >"script-$box"
done
echo "at 500 wedge A-1" >>script-b
for box in a b; do
	(in_box $box env XDG_STATE_HOME="$work/state-$box" SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy "$BUILD/turnout-kiosk" "$work/fair-$box" \
		--windowed 800x480 --camera none --script "$work/script-$box") 2>"kiosk-$box.log" &
	program[kiosk-$box]=$!
done
for _ in $(seq 600); do
	"$turnout" list fair-a checkins --json | grep -q A-1 && break
	sleep 0.1
done
like "what one kiosk records the other one knows" "$("$turnout" list fair-a checkins --json)" '"A-1"'
like "over a link-local address" "$(cat kiosk-b.log kiosk-a.log)" '\[fe80::[0-9a-f:]+%25cable-[ab]\]:[0-9]+ answers'
for box in a b; do
	status=0
	kill -TERM "${program[kiosk-$box]}" || true
	wait "${program[kiosk-$box]}" || status=$?
	is "the kiosk $box ends well" $status 0
done
ok "its file is sound" "$turnout" verify fair-a

# --- others -------------------------------------------------------------------------------------------------------------------------
start other a tag-2 station-x
start third b tag-2 station-y
await_peer "another event's stations find each other" other '^now announced station-y='
await_peer "and nobody else" third '^now announced station-x=[^ ]*$'
await_peer "nobody of theirs is shown here" a '^now announced station-b=[^ ]*$'
start twin a tag-1 station-b
await_peer "one that calls itself the same is found" b '^now announced station-a=[^ ]* station-b=[^ ]*$'
await_peer "and finds the other that does, not itself" twin '^now announced station-a=[^ ]* station-b=[^ ]*$'
await_peer "both are two to the others" a '^now announced station-b=[^ ]* station-b=[^ ]*$'
end "${program[twin]}"
await_peer "taken back when it ends" a '^now announced station-b=[^ ]*$'
end "${program[a]}" KILL
await_peer "and when it is killed" b '^now announced$'

# --- what comes and goes ------------------------------------------------------------------------------------------------------------
start a a tag-1 station-a
await_peer "started again it is found again" b '^now announced station-a='
end "${daemon[b]}" KILL
await_peer "the daemon goes: nobody is found" b '^now off$'
start_daemon b
await_peer "it comes back: found" b '^now announced station-a='
end "${bus[b]}" KILL
await_peer "D-Bus goes" b '^now off$'
wait "${daemon[b]}" 2>/dev/null || true # it ends with its bus
(in_box b rm -f /run/dbus/system_bus_socket)
start_bus b
start_daemon b
await_peer "both come back" b '^now announced station-a='
await_peer "and this one is seen again" a '^now announced station-b='

# --- addresses that machines give themselves, IPv4 (RFC 3927) -----------------------------------------------------------------------
(in_box a ip address add 169.254.7.1/16 dev cable-a scope link)
(in_box b ip address add 169.254.7.2/16 dev cable-b scope link)
await_peer "IPv4 is found as well" a "http://169\.254\.7\.2:[0-9]+"
await_line "and can be asked" a.log "^asked http://169\.254\.7\.2:[0-9]+: station-b$"
is "nothing was said on stderr" "$(cat a.err b.err other.err third.err twin.err)" ""

# --- a daemon that hangs ------------------------------------------------------------------------------------------------------------
kill -STOP "${daemon[b]}"
start stuck b tag-1 station-c
await_peer "a daemon that does not answer is none" stuck '^now off$'
kill -TERM "${program[stuck]}"
for _ in $(seq 150); do kill -0 "${program[stuck]}" 2>/dev/null || break; sleep 0.1; done
is "and is not waited for at the end" "$(tail -n 1 stuck.log)" ended
kill -CONT "${daemon[b]}"

# --- a name server that never answers -----------------------------------------------------------------------------------------------
# The neighbour has no such address, and what is sent to it is dropped there without a word.
(in_box a bash -ec "ip address add 192.0.2.1/24 dev cable-a; ip neighbour add 192.0.2.53 lladdr 02:00:00:00:00:53 dev cable-a
	echo nameserver 192.0.2.53 >/run/resolv.conf; mount --bind /run/resolv.conf /etc/resolv.conf")
for url in http://hub.example.org/ http://192.0.2.53/; do
	rm -f get.log
	(in_box a "$peer" get "$url") >get.log 2>&1 &
	getter=$!
	await_line "asking $url" get.log '^asking$'
	kill -TERM $getter
	for _ in $(seq 100); do kill -0 $getter 2>/dev/null || break; sleep 0.1; done
	like "$url is given up at once" "$(cat get.log)" '^result 9: .* was not waited for'
	end $getter KILL
done
finish
