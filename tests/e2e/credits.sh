#!/bin/bash
# Whom the event thanks: what the organiser gives reaches the kiosk's screen, other boxes and the badges; files that are no logos are refused, and nothing of them stays.
set -eu
. "$(dirname "$0")/lib.sh"
kiosk=$BUILD/turnout-kiosk
export SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy
play() { # FILE SCRIPT
	printf '%s\n' "$2" >script
	timeout 60 "$kiosk" "$1" --windowed 1920x1080 --lang uk --camera none --no-lan --script script --screenshots . --now 2026-05-14T10:30
}
records() { sqlite3 event 'SELECT count(*) FROM record'; }
pixels() { convert "$1" -fill black +opaque "$2" -fill white -opaque "$2" -format '%[fx:round(mean*w*h)]' info:; } # of exactly that colour
# The width and height, in pixels, of what has that colour.
extent() { convert "$1" -fill black +opaque "$2" -fill white -opaque "$2" -trim -format '%w %h\n' info:; }

"$turnout" init event --title "Ярмарок" >/dev/null
for setting in "languages uk,en" "timezone Europe/Kyiv" "dates 2026-05-14" "organisers Агенція"; do
	"$turnout" set event ${setting%% *} "${setting#* }" >/dev/null
done
printf 'name,code\nПриклад Олена,C1\n' >people.csv
"$turnout" import people event people.csv >/dev/null 2>&1

cat >fund.svg <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="#123a8c"/></svg>
END
convert -size 900x300 xc:'#c2571a' -depth 8 partner.png

# What is given.
ok "a funder" "$turnout" credits event add fund --group funder --name "uk=Союз громад" --name "en=Union" --logo fund.svg --min-height 10 --clear 30 \
	--sentence "uk=За підтримки Союзу громад" --sentence "en=Funded by the Union" --disclaimer "uk=Думки належать авторам." --disclaimer "en=The views are the authors'."
is "without a word more" "$(cat err)" ""
ok "a partner with pixels" "$turnout" credits event add partner --group partner --name "Partner" --logo partner.png
like "who hears how large they may be" "$(cat err)" "sharp on paper up to 76 mm"
ok "an implementer with a name alone" "$turnout" credits event add agency --group implementer --name "uk=Агенція"
like "in one language" "$(cat err)" "agency has no --name in en"
is "stand in their order" "$("$turnout" credits event --csv | tail -n +2 | cut -d, -f1,3,5,7 | xargs)" "funder,fund,svg,10 implementer,agency,, partner,partner,png 900 x 300,"
status 1 "one key is one" "$turnout" credits event add fund --group partner --name X
status 1 "who is not there cannot be changed" "$turnout" credits event edit nobody --order 3
status 2 "nor without saying what" "$turnout" credits event edit fund
ok "a change" "$turnout" credits event edit partner --name "uk=Партнер" --order 5
ok "the logo comes out again" "$turnout" credits event logo fund -o again.svg
is "as it went in" "$(cmp fund.svg again.svg && echo same)" same
status 1 "over nothing" "$turnout" credits event logo fund -o again.svg
status 1 "who has none has none" "$turnout" credits event logo agency -o none.svg

# What is refused, with the place and the remedy; nothing of it stays.
before=$(records)
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<image href="https://example.org/logo.png" width="9" height="9"/></svg>' >outside.svg
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9"' >cut.svg
convert -size 2100x2100 xc:red huge.png
convert partner.png photo.jpg
truncate -s 2M long.svg
gzip -k fund.svg
for wrong in "outside.svg:line 2.*https://example.org/logo.png.*embed it" "cut.svg:whole SVG.*line 1.*anew" "huge.png:2100 x 2100.*save it smaller" "photo.jpg:a JPEG.*SVG" \
	"long.svg:2048 KiB.*smaller" "fund.svg.gz:packed" "people.csv:neither" "nowhere.svg:nowhere"; do
	status 1 "${wrong%%:*} is no logo" "$turnout" credits event add new --group partner --name New --logo "${wrong%%:*}"
	like "says why" "$(cat err)" "${wrong#*:}"
done
status 2 "a group that is none" "$turnout" credits event add new --group sponsor --name New --logo fund.svg
status 2 "a size that is none" "$turnout" credits event add new --group partner --name New --logo partner.png --min-width wide
is "nothing of all that is kept" "$(records)" "$before"

# On the screen: in its size or larger, whole, on the first screen and on its own, in the visitor's language.
touch_logos="at 400 screenshot agenda
at 600 touch 1700 1040
at 900 screenshot credits
at 1100 quit"
ok "at the kiosk" play event "$touch_logos"
read -r wide high < <(extent agenda.png '#123a8c')
is "the funder's logo is as large as it has to be, and whole" "$((high >= 55 && 100 * wide / high >= 147 && 100 * wide / high <= 153))" 1 # 10 mm at 0.18
is "the partner's is there" "$(($(pixels agenda.png '#c2571a') > 2000))" 1
is "and both, larger, on their own screen" "$(($(pixels credits.png '#123a8c') > 2 * $(pixels agenda.png '#123a8c')))" 1

# What another box learns by an exchange is drawn there, too.
ok "another box" "$turnout" copy event other --for "Вхід Б"
rm -rf stick && mkdir stick
convert -size 600x200 xc:'#176b3a' -depth 8 late.png
ok "a logo that comes later" "$turnout" credits event add late --group partner --name "Пізній" --logo late.png
ok "goes" "$turnout" sync event stick
ok "and comes" env XDG_STATE_HOME="$work/elsewhere" "$turnout" sync other stick
is "to the same list" "$(diff <("$turnout" credits event --json) <(env XDG_STATE_HOME="$work/elsewhere" "$turnout" credits other --json) && echo same)" same
ok "it verifies" env XDG_STATE_HOME="$work/elsewhere" "$turnout" verify other
XDG_STATE_HOME=$work/elsewhere ok "the other kiosk" play other "$touch_logos"
is "draws it" "$(($(pixels agenda.png '#176b3a') > 2000))" 1

# On badges.
ok "a badge that has room" "$turnout" badges event -o a6.pdf --layout a6
pdftotext -layout a6.pdf - >text
like "says the sentence" "$(cat text)" "За підтримки Союзу громад"
like "and the disclaimer" "$(cat text)" "Думки належать авторам."
like "and who has no logo" "$(cat text)" "Агенція"
pdftoppm -r 300 -png a6.pdf a6
read -r wide high < <(extent a6-1.png '#123a8c')
is "with the logo in its size" "$((high >= 117 && 100 * wide / high >= 148 && 100 * wide / high <= 152))" 1 # 10 mm at 300 dpi
ok "one that has none" "$turnout" badges event -o label.pdf --layout label62
like "says what is left out" "$(cat err)" "label62 badges have no room for"

ok "who goes" "$turnout" credits event remove partner
ok "is on no badge" "$turnout" badges event -o without.png --layout a6
is "any more" "$(pixels without.png '#c2571a')" 0
finish
