#!/bin/bash
# Names in any script at the real kiosk: what the installed fonts draw is drawn without a word, what they do not is told once, and sign-in goes on.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy

# The kiosk's own typefaces and no others.
cat >fonts.conf <<'XML'
<fontconfig>
<dir>/usr/share/fonts/opentype/inter</dir><dir>/usr/share/fonts/truetype/inter</dir><dir>/usr/share/fonts/truetype/dejavu</dir>
<cachedir>fonts</cachedir>
</fontconfig>
XML
export FONTCONFIG_FILE=$PWD/fonts.conf

marks=$(printf 'a%.0s' {1..3})$(printf '\xcc\x81%.0s' {1..300})
{
	echo "ПІБ,Організація,Код"
	echo "محمد علي,ABC עברית 123,NAME-1"
	echo "王小明,北京大学国际交流中心与乌克兰社区合作办公室第一分部,NAME-2"
	echo "अमित शर्मा,,NAME-3"
	echo "小王,,NAME-4"
	echo "$marks,$(printf '\xe2\x80\xae%.0sא' {1..100}),NAME-5"
} >people.csv
"$turnout" init event --title "Ярмарок" --languages uk,en >/dev/null
"$turnout" import people event people.csv >out 2>err
like "five people" "$(cat out)" '5 people added'

play() {
	printf '%s\n' "$1" >script
	timeout 60 "$kiosk" event --windowed 1280x720 --script script --screenshots . --camera none --now 2026-05-14T10:42
}
warned() { grep -c 'no installed font draws' err || true; }

ok "a name from the right to the left" play "at 200 wedge NAME-1
at 1000 screenshot hebrew
at 1100 quit"
is "is drawn without a warning" "$(warned)" 0
ok "names that no font draws, and heaps of marks" play "at 200 wedge NAME-2
at 3200 wedge NAME-3
at 6200 wedge NAME-4
at 9200 wedge NAME-5
at 12500 quit"
is "each package is named once" "$(warned)" 2
# (of the name or of where they come from, whichever is laid out first)
like "a package for Chinese" "$(cat err)" 'no installed font draws (U\+738B, U\+5C0F, U\+660E|U\+5317, U\+4EAC, U\+5927).*install fonts-noto-cjk'
like "and one for Devanagari" "$(cat err)" 'no installed font draws U\+0905.*fonts-noto-core'
is "no name stands in the diary" "$(grep -c '王\|अ' err || true)" 0
is "all five are signed in" "$("$turnout" list event checkins --json | grep -o '"outcome": *"accepted"' | wc -l)" 5
finish
