#!/bin/sh
# Draws where the time of one group of lines goes: ours alone, without the floors.
#   flamegraph.sh PROGRAM DIR GROUP
# PROGRAM is a giapranh-bench that was built with line tables; `make flamegraph` does that.
set -eu

program=$1 dir=$2 group=$3

if [ -z "$group" ]; then
	echo "Name one group: make flamegraph ONLY=ingest. There are:" >&2
	"$program" --list >&2
	exit 2
fi
for tool in perf inferno-collapse-perf inferno-flamegraph; do
	command -v "$tool" >/dev/null 2>&1 && continue
	echo "$tool is missing." >&2
	echo "perf is in Debian's package linux-perf; the other two: cargo install inferno" >&2
	exit 2
done

# What is measured with is made before, so that the graph does not show it.
"$program" --dir "$dir" --prepare
perf record --quiet -F 199 --call-graph dwarf,16384 -o "$dir/perf.data" -- \
	"$program" --dir "$dir" --reuse --ours-only --only "$group"
perf script --no-inline -i "$dir/perf.data" | inferno-collapse-perf |
	inferno-flamegraph --title "giapranh-bench --only $group" > "$dir/$group.svg"
echo "the graph is $dir/$group.svg"
