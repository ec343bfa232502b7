# Where to touch the kiosk's screen, for the scripts of tests and benchmarks: the golden draw lists know it. `root` is the tree.

# spot STATE ACTION [ARGUMENT]: the middle of that touch on the screen in that state (a name in the lists), in Ukrainian at 1920x1080; "X Y".
spot() {
	awk -v state="== $1" -v action="$2" -v argument="${3-}" '
		/^== / { on = $0 == state }
		on && $1 == "touch" && $5 == action && (argument == "" || $6 == argument) {
			split($2, at, ",")
			split($3, size, "x")
			print int(at[1] + size[1] / 2), int(at[2] + size[2] / 2)
			exit
		}' "$root/tests/golden/lists/uk-1920x1080.txt" | grep . || { echo "spot: no touch $2 ${3-} in the state $1" >&2 && return 1; }
}
