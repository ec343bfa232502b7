#!/bin/bash
# espeak-ng and the apostrophe of Ukrainian names. U+02BC MODIFIER LETTER APOSTROPHE is a letter to Unicode, so that a word with it stays one word; it is what domain
# names and some keyboards write. espeak-ng 1.51 (Debian 12) has it in no rule: its voices uk, ru and en take the whole word for one that cannot be spoken and
# spell it, letter by letter, with the sign's *name* among them in English, "ejective": "Демʼянчук" becomes "D E eM ejective Ya eN …", "пʼять" (five) as well.
# 1.52 (Debian 13) says both rightly in Ukrainian, and spells Демʼянчук in Russian and Hawaiʼi in English as before. With U+0027 and U+2019 each version says each
# of these words. So the same name list is read aloud on one box and spelled on the other; whoever keeps names as Unicode has them writes U+2019 for the voice.
# Prints the phonemes; ends 0 while all of that is so.
set -euo pipefail
old=1.51+dfsg-10+deb12u2 new=1.52.0+dfsg-5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Both releases with the C library of each, from wherever this system takes its packages; nothing of the system is changed.
base=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
mkdir -p lists/partial cache/archives/partial
for suite in bookworm trixie; do echo "deb [trusted=yes] $base $suite main" >>sources; done
apt=(apt-get -qq -o Dir::Etc::sourcelist="$folder/sources" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$folder/lists"
	-o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update
while read -r version suite; do
	mkdir "$version"
	(
		cd "$version"
		"${apt[@]}" download "espeak-ng=$version" "espeak-ng-data=$version" "libespeak-ng1=$version"
		for package in libpcaudio0 libsonic0 libpulse0 libasound2"$([ "$suite" = bookworm ] || echo t64)" libc6 libstdc++6 libgcc-s1; do
			"${apt[@]}" download "$package/$suite"
		done
		for package in *.deb; do dpkg -x "$package" .; done
		rm -- *.deb
	)
done <<<"$old bookworm
$new trixie"
system=$(dirname "$(find /usr/lib /lib -name libpthread.so.0 2>/dev/null | head -n 1)") # what sound servers' libraries want besides; nothing is played
said() { # VERSION VOICE TEXT
	local loader libraries
	loader=$(find "$1" -name 'ld-linux-*.so.*' | head -n 1)
	libraries=$(find "$PWD/$1" -name '*.so*' -printf '%h\n' | sort -u | tr '\n' ':')
	ESPEAK_DATA_PATH=$(dirname "$(find "$PWD/$1" -path '*espeak-ng-data/phontab')") \
		"$loader" --library-path "$libraries$system" "$1/usr/bin/espeak-ng" -v "$2" -q -x "$3" | tr -s ' \n' ' '
}

wrong=0
# word VERSION VOICE BEFORE AFTER spelled|word: what becomes of it with the letter. The two others are one word.
word() {
	local letter typed curly as='as said ' how=word
	letter=$(said "$1" "$2" "$3"$'\u02bc'"$4") typed=$(said "$1" "$2" "$3'$4") curly=$(said "$1" "$2" "$3"$'\u2019'"$4")
	[[ $letter != *"I2dZ'EktI2v"* ]] || how=spelled
	if [ "$how" != "$5" ] || [ "$typed" != "$curly" ] || [[ $typed == *ktI2v* ]] || { [ "$how" = word ] && [ "$letter" != "$typed" ]; }; then
		as='CHANGED ' wrong=1
	fi
	echo "$as$1 $2 $3ʼ$4: U+02BC \"$letter\" ($how), U+0027 \"$typed\", U+2019 \"$curly\""
}
word $old uk Дем янчук spelled
word $old uk п ять spelled
word $old ru Дем янчук spelled
word $old en Hawai i spelled
word $new uk Дем янчук word
word $new uk п ять word
word $new ru Дем янчук spelled
word $new en Hawai i spelled
exit $wrong
