#!/bin/bash
# Labels through a queue of a real cupsd: which queues there are, a label of just the size that the printer behind it has, and queues that are paused, reject, or
# are not there.
set -eu
. "$(dirname "$0")/../lib/printers.sh"
. "$(dirname "$0")/lib.sh"
export PATH=$PATH:/usr/sbin:/sbin
missing=
for program in cupsd lpadmin cupsdisable; do command -v $program >/dev/null || missing="$missing $program"; done
if [ "$IN_NAMESPACES" != yes ] || [ -n "$missing" ]; then
	skip "labels through a queue" "$([ "$IN_NAMESPACES" = yes ] && echo "not installed:$missing" || echo "$IN_NAMESPACES")"
	finish
	exit
fi
printers_begin
mkdir -p cups/{etc,spool/tmp,cache,log,state}
chmod -R 777 cups
chmod 711 .
cat >cups/etc/cups-files.conf <<CONF
ServerRoot $PWD/cups/etc
RequestRoot $PWD/cups/spool
TempDir $PWD/cups/spool/tmp
CacheDir $PWD/cups/cache
StateDir $PWD/cups/state
AccessLog $PWD/cups/log/access
ErrorLog $PWD/cups/log/error
PageLog $PWD/cups/log/page
SystemGroup root
User lp
Group lp
CONF
cat >cups/etc/cupsd.conf <<CONF
Listen 127.0.0.1:6631
Browsing No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Location /admin>
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
CONF
cupsd -f -c "$PWD/cups/etc/cupsd.conf" -s "$PWD/cups/etc/cups-files.conf" >cups/out 2>&1 &
for _ in $(seq 100); do (: >/dev/tcp/127.0.0.1/6631) 2>/dev/null && break; sleep 0.1; done
export CUPS_SERVER=127.0.0.1:6631
printer device 8901 2900 9000
ok "a queue" lpadmin -p labels -E -v ipp://localhost:8901/ipp/print -m everywhere
ok "queues are listed" "$turnout" printer list
like "by name" "$(cat out)" '^labels	'
ok "it is this device's" "$turnout" device set printer labels
ok "for labels of 29 x 90" "$turnout" device set label 29x90
ok "its state" "$turnout" printer state
like "is told" "$(cat out)" '^label	29 x 90 mm, as (image/pwg-raster|application/pdf) on 29.0 x 90.0 mm$'
ok "a test label" "$turnout" printer test
await_printed device 1
is "comes out on paper of that very size" "$("$root/tests/tools/pwg-png" device/1.pwg label.png | cut -d ' ' -f 1-4)" "343 1063 300 300"
is "and its code reads" "$("$turnout" decode label.png | cut -f 2)" "TURNOUT TEST LABEL"
status 1 "a size that it does not have" "$turnout" printer test --label 54x101
like "is told" "$(cat err)" 'the label is 54 x 101 mm'
status 1 "no such queue" "$turnout" printer state --printer nowhere
like "is told, and how to see which there are" "$(cat err)" 'nowhere: there is no such printer: turnout printer lists'
cupsdisable labels
status 1 "a paused queue" "$turnout" printer test
like "is told" "$(cat err)" 'it is paused'
cupsenable labels
cupsreject labels
status 1 "one that takes no jobs" "$turnout" printer test
like "is told" "$(cat err)" 'takes no jobs'
is "nothing more came out" "$(printed device)" 1
finish
