# Printers without paper for end-to-end tests: ippeveprinter, in namespaces of its own, with the D-Bus and the Avahi that it does not start without.
# `. tests/lib/printers.sh` comes first of all; then lib.sh, and `printers_begin`.
#
# printer NAME PORT X Y [LEAST MOST]   starts one with labels of X x Y hundredths of a millimetre in it (tape: LEAST to MOST long), and waits until it
#                                      answers at ipp://localhost:PORT/ipp/print; what it printed is NAME/1.pwg (or .pdf), NAME/2.pwg, …
# trouble NAME REASON | fine NAME      what it says of itself while it has a job: media-empty, cover-open, …

if [ -z "${IN_NAMESPACES:-}" ]; then
	whole=(unshare --mount --net --pid --fork --kill-child --mount-proc)
	missing=
	for program in ippeveprinter dbus-daemon avahi-daemon ip; do
		PATH=$PATH:/usr/sbin:/sbin command -v $program >/dev/null || missing="$missing $program"
	done
	if [ "$(id -u)" != 0 ]; then
		IN_NAMESPACES="only root may give Avahi's daemon a machine of its own"
	elif [ -n "$missing" ]; then
		IN_NAMESPACES="not installed:$missing"
	elif ! why=$("${whole[@]}" true 2>&1); then
		IN_NAMESPACES="namespaces are not allowed here: $why"
	else
		IN_NAMESPACES=yes PATH=$PATH:/usr/sbin:/sbin exec "${whole[@]}" "$0" "$@"
	fi
fi

printers_begin() {
	mount -t tmpfs run /run
	mkdir /run/dbus /run/avahi-daemon
	ip link set lo up
	cat >bus.conf <<-XML
		<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
		<busconfig>
		  <type>system</type>
		  <listen>unix:path=/run/dbus/system_bus_socket</listen>
		  <policy context="default">
		    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
		  </policy>
		</busconfig>
	XML
	printf '[server]\nhost-name=box\n[publish]\npublish-workstation=no\npublish-hinfo=no\n' >avahi.conf
	dbus-daemon --config-file="$PWD/bus.conf" --nofork --nopidfile >bus.log 2>&1 &
	for _ in $(seq 300); do [ ! -S /run/dbus/system_bus_socket ] || break; sleep 0.1; done
	avahi-daemon --file="$PWD/avahi.conf" --no-drop-root --no-rlimits --no-chroot >avahi.log 2>&1 &
	await avahi.log 'Server startup complete'
	# Keeps what it is given, once nothing is wrong with the printer any more.
	cat >keep <<-'SH'
		#!/bin/bash
		folder=$(dirname "$1")
		while [ -s "$folder/trouble" ]; do
			echo "STATE: +$(cat "$folder/trouble")" >&2
			said=$(cat "$folder/trouble")
			sleep 0.2
		done
		[ -z "${said:-}" ] || echo "STATE: -$said" >&2
		n=$(($(cat "$folder/count" 2>/dev/null || echo 0) + 1))
		case $CONTENT_TYPE in */pwg-raster) ending=pwg ;; *) ending=pdf ;; esac
		cp "$1" "$folder/$n.$ending"
		echo $n >"$folder/count"
	SH
	chmod +x keep
}

# One medium as IPP writes it: x, y, and the edges that cannot be printed.
printer_medium() {
	local size="MEMBER integer x-dimension $1 MEMBER integer y-dimension $2"
	[ -z "${3:-}" ] || size="MEMBER integer x-dimension $1 MEMBER rangeOfInteger y-dimension $3-$4"
	echo "{ MEMBER collection media-size { $size } MEMBER integer media-left-margin 200 MEMBER integer media-right-margin 200 MEMBER integer media-top-margin 200 MEMBER integer media-bottom-margin 200 }"
}

declare -A printer_process
printer() {
	local name=$1 port=$2 medium keyword
	medium=$(printer_medium "$3" "$4" "${5:-}" "${6:-}")
	keyword=custom_label_$(awk -v x="$3" -v y="$4" 'BEGIN { printf "%gx%gmm", x / 100, y / 100 }')
	mkdir -p "$name"
	cat >"$name.conf" <<-CONF
		ATTR keyword media-supported $keyword
		ATTR keyword media-default $keyword
		ATTR collection media-col-default $medium
		ATTR collection media-col-ready $medium
		ATTR collection media-col-database $medium
		ATTR collection media-size-supported ${medium/*media-size /}
		ATTR resolution pwg-raster-document-resolution-supported ${DPI:-300}dpi
		ATTR keyword pwg-raster-document-type-supported ${TYPE:-black_1}
		ATTR mimeMediaType document-format-supported ${FORMAT:-image/pwg-raster}
	CONF
	# Of media-size-supported only the size.
	sed -i "s/^\(ATTR collection media-size-supported { [^}]*}\).*/\1/" "$name.conf"
	nice -n "${PRINTER_NICE:-0}" ippeveprinter -k -d "$PWD/$name" -c "$PWD/keep" -p "$port" -a "$name.conf" -n localhost "$name" >"$name.log" 2>&1 &
	printer_process[$name]=$!
	for _ in $(seq 100); do
		(: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
		sleep 0.1
	done
	cat "$name.log" >&2
	return 1
}
printer_end() {
	kill "${printer_process[$1]}" 2>/dev/null || true
	wait "${printer_process[$1]}" 2>/dev/null || true
}
trouble() { echo "$2" >"$1/trouble"; }
fine() { rm -f "$1/trouble"; }
printed() { cat "$1/count" 2>/dev/null || echo 0; }
# await_printed NAME N: until so many came out, half a minute at most.
await_printed() {
	for _ in $(seq 150); do
		[ "$(printed "$1")" -lt "$2" ] || return 0
		sleep 0.2
	done
	return 1
}
