#!/bin/bash
# The typeface "Inter" of Debian 12 (fonts-inter 4.0~beta7+ds-1) and of Debian 13 (4.1+ds-1): the same family names, styles and weights for fontconfig, other
# letters. Measured with fontkit 2.0.4 (npm), in em, so that units do not matter:
#   - In Debian 12 the text cuts have 2816 units per em and the display cuts 2048; in Debian 13 all have 2048. A width taken in font units from one
#     cut is wrong by 38 % in the other.
#   - Inter Display Bold sets a name 3.1 % wider in Debian 13 ("Олена Приклад" 7.29 -> 7.52 em), while Inter Regular sets "Щастя" 1.9 % narrower
#     (3.19 -> 3.13 em) and "Олена Приклад" hardly otherwise (-0.1 %): no one factor turns one release into the other.
# So a title that just fits one box breaks on the box beside it; lines have to be measured with the font that is there, and pictures compared
# between machines of one release only.
# Prints what it measured; ends 0 while all of that is so.
set -euo pipefail
old=4.0~beta7+ds-1 new=4.1+ds-1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Both releases, from wherever this system takes its packages; nothing of the system is changed.
base=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
mkdir -p lists/partial cache/archives/partial
for suite in bookworm trixie; do echo "deb [trusted=yes] $base $suite main" >>sources; done
apt=(apt-get -qq -o Dir::Etc::sourcelist="$folder/sources" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$folder/lists"
	-o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update
for version in $old $new; do
	"${apt[@]}" download "fonts-inter=$version"
	dpkg -x "$(ls -t fonts-inter_*.deb | head -n 1)" "$version"
done
npm install --silent --no-audit --no-fund fontkit@2.0.4 >/dev/null

cat >measure.js <<'JS'
const fontkit = require('fontkit');
const [, , old, now] = process.argv;
const font = (version, cut) => fontkit.openSync(`${version}/usr/share/fonts/opentype/inter/${cut}.otf`);
const em = (f, text) => f.layout(text).advanceWidth / f.unitsPerEm;
let wrong = 0;
const is = (what, got, wanted) => { const ok = got === wanted; wrong += ok ? 0 : 1; console.log(`${ok ? 'as said ' : 'CHANGED '} ${what}: ${got}${ok ? '' : `, was ${wanted}`}`); };
for (const [version, units] of [[old, [2816, 2816, 2048]], [now, [2048, 2048, 2048]]])
	['Inter-Regular', 'Inter-Bold', 'InterDisplay-Bold'].forEach((cut, i) => is(`${version} ${cut}, units per em`, font(version, cut).unitsPerEm, units[i]));
for (const [cut, text, before, after, change] of [
	['InterDisplay-Bold', 'Олена Приклад', '7.29', '7.52', '3.1'],
	['Inter-Regular', 'Олена Приклад', '7.60', '7.59', '-0.1'],
	['Inter-Regular', 'Щастя', '3.19', '3.13', '-1.9'],
]) {
	const a = em(font(old, cut), text), b = em(font(now, cut), text);
	is(`${cut} "${text}", em`, `${a.toFixed(2)} -> ${b.toFixed(2)} (${((b / a - 1) * 100).toFixed(1)} %)`, `${before} -> ${after} (${change} %)`);
}
process.exit(wrong ? 1 : 0);
JS
node measure.js $old $new
