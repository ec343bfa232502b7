# What the benchmarks share. BUILD names the folder of the programs. Each benchmark prints rows of a table: what, ours, peer, ratio, wanted.
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$root/$BUILD ;; esac
turnout=$BUILD/turnout
# On the disk that the build is on: /tmp may be memory.
mkdir -p "$BUILD/bench-work"
work=$(mktemp -d "$BUILD/bench-work/XXXXXX")
export XDG_STATE_HOME=$work/state
trap 'rm -rf "$work"' EXIT
cd "$work"

# seconds COMMAND…: how long it took, its output thrown away.
seconds() {
	local from to
	from=$(date +%s.%N)
	"$@" >/dev/null 2>&1 || { echo "failed: $*" >&2; exit 1; }
	to=$(date +%s.%N)
	awk -v a="$from" -v b="$to" 'BEGIN { printf "%.4f\n", b - a }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.4f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
# percentile P: of the numbers on stdin, one a line.
percentile() { sort -n | awk -v p="$1" '{ v[NR] = $1 } END { i = int(NR * p / 100 + 0.999999); print v[i < 1 ? 1 : i] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
row() { printf '%-46s %14s %14s %10s   %s\n' "$@"; }
roster() { # roster N FILE: invented people
	awk -v n="$1" 'BEGIN {
		print "ПІБ,Організація,Громада,Область,Категорія,Телефон,E-mail,Код,Розмір"
		for (i = 1; i <= n; i++) printf "Прізвище%d Олена Петрівна,ГО «Приклад %d»,Громада %d,Полтавська область,Учасник,+38067%07d,person%d@example.org,P%07d,M\n", i, i % 997, i % 311, i, i, i
	}' >"$2"
}
