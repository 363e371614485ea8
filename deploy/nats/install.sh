#!/bin/sh
# Puts a nats-server of a good version at .tools/nats-server.
#
# 1. $GIAPRANH_NATS_SERVER, or else the nats-server on PATH, when it is good: linked.
# 2. Otherwise Debian's own package, from the mirror that this machine's apt already uses.
#
# Needs no root and changes nothing outside .tools: apt gets its own source list, state and cache
# there. The package counts only if the machine's Debian keyring vouches for the suite's signature.
# Why it is done so: docs/decisions/0001-nats-server-from-apt.md
set -eu

minimum=2.14.3     # older servers have published holes that hit isolated accounts
recommended=2.15.0
suite=sid          # the only suite of Debian with a good version
keyring=${GIAPRANH_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/.tools
target=$tools/nats-server

say() { printf 'nats-server: %s\n' "$*"; }

fail() {
    printf 'nats-server: %s\n' "$*" >&2
    exit 1
}

no_way() {
    fail "$1
Giáp Ranh needs nats-server $recommended or newer ($minimum at the least). Two ways out:
  - put one on PATH, or name it: GIAPRANH_NATS_SERVER=/path/to/nats-server make tools
  - run this on Debian with apt able to reach its mirror."
}

# The version that the program $1 states, such as 2.15.1; nothing when it can't be run.
version_of() {
    { "$1" --version 2>/dev/null || true; } |
        sed -n 's/^nats-server: v\{0,1\}\([0-9][0-9]*\.[0-9][0-9]*\.[0-9][0-9]*\).*/\1/p'
}

# Is version $1 at least version $2?
at_least() {
    printf '%s %s\n' "$1" "$2" | tr . ' ' | {
        read -r major minor patch wanted_major wanted_minor wanted_patch
        [ "$major" -ne "$wanted_major" ] && { [ "$major" -gt "$wanted_major" ]; exit; }
        [ "$minor" -ne "$wanted_minor" ] && { [ "$minor" -gt "$wanted_minor" ]; exit; }
        [ "$patch" -ge "$wanted_patch" ]
    }
}

good() { [ -n "$1" ] && at_least "$1" "$minimum"; }

say_if_not_recommended() {
    at_least "$1" "$recommended" || say "$1 is accepted; $recommended or newer is recommended"
}

# Links to the program $1 of version $2 that is on the machine already.
link() {
    mkdir -p "$tools"
    ln -sfn "$1" "$target"
    say "$2 at .tools/nats-server, linked to $1"
    say_if_not_recommended "$2"
}

# Mirrors of Debian that this machine's apt knows, one a line. Without release info apt answers
# also where its lists were never fetched or were removed, as in a container image.
mirrors() {
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release | tr -d '"')
    apt-get --no-release-info indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' \
        'Created-By: Packages' 2>/dev/null |
        awk -v own="${codename:-none}" '
            $2 == "main" && ($1 == own || $1 ~ /^(oldstable|stable|testing|unstable|sid)$/) {
                if (!seen[$3]++) print $3
            }'
}

# Writes into directory $1 a configuration under which apt sees mirror $2 and nothing else.
# The machine's own is still read, for its proxy; what could touch the system or weaken the
# check of signatures is undone here, after it.
configure_apt() {
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/none"
    : >"$1/status"
    printf 'deb [arch=%s target=Packages signed-by=%s] %s %s main\n' \
        "$(dpkg --print-architecture)" "$keyring" "$2" "$suite" >"$1/sources.list"
    cat >"$1/apt.conf" <<CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Default-Release;
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "$1/none";
Dir::Etc::preferences "$1/none/preferences";
Dir::Etc::preferencesparts "$1/none";
Dir::State "$1";
Dir::State::lists "$1/lists";
Dir::State::status "$1/status";
Dir::Cache "$1/cache";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Timeout "30";
CONF
}

# Fetches the package through mirror $2, in the directory $1, and unpacks it there.
fetch_from() {
    configure_apt "$1" "$2" &&
        apt-get -q -c "$1/apt.conf" update &&
        (cd "$1" && apt-get -q -c "$1/apt.conf" download nats-server) &&
        dpkg-deb -x "$1"/nats-server_*.deb "$1/unpacked"
}

fetch() {
    for program in apt-get dpkg dpkg-deb; do
        command -v "$program" >/dev/null ||
            no_way "there is no good one here, and no $program to fetch Debian's package with"
    done
    [ -r "$keyring" ] || no_way "$keyring is missing (package debian-archive-keyring), \
so nothing here can prove the signature of Debian's package"
    found=$(mirrors)
    [ -n "$found" ] || no_way "apt on this machine names no mirror of Debian"

    mkdir -p "$tools/apt"
    work=$(mktemp -d "$tools/apt/XXXXXX")
    trap 'rm -rf "$work"; rmdir "$tools/apt" 2>/dev/null || true' EXIT
    trap 'exit 130' INT TERM
    say "fetching Debian's package ($suite, about 17 MB) through this machine's apt"
    attempt=0
    for mirror in $found; do
        attempt=$((attempt + 1))
        if fetch_from "$work/$attempt" "$mirror" >"$work/$attempt.txt" 2>&1; then
            take "$(find "$work/$attempt/unpacked/usr" -type f -name nats-server | head -n 1)"
            return
        fi
        sed 's/^/  /' "$work/$attempt.txt" >&2
    done
    no_way "apt could not fetch Debian's package; what it said stands above.
(A signature that can't be verified: bring the package debian-archive-keyring up to date.)"
}

# Moves the unpacked program $1 into place, in one step, once it has shown its version.
take() {
    version=$(version_of "$1")
    good "$version" || no_way "Debian's package gave ${version:-a program that does not run here}"
    mv -f "$1" "$target"
    say "$version at .tools/nats-server, from Debian's package"
    say_if_not_recommended "$version"
}

named=${GIAPRANH_NATS_SERVER:-}
if [ -n "$named" ] && [ ! "$named" -ef "$target" ]; then
    named=$(command -v "$named") || fail "GIAPRANH_NATS_SERVER=$GIAPRANH_NATS_SERVER is no program"
    case $named in /*) ;; *) named=$(pwd)/$named ;; esac
    version=$(version_of "$named")
    good "$version" || fail "GIAPRANH_NATS_SERVER=$named is ${version:-not a nats-server}; \
it has to be $minimum or newer"
    link "$named" "$version"
    exit
fi

if [ -x "$target" ]; then
    version=$(version_of "$target")
    if good "$version"; then
        say "$version is there"
        say_if_not_recommended "$version"
        exit
    fi
    say ".tools/nats-server is ${version:-not a program that runs}; replacing it"
fi

on_path=$(command -v nats-server || true)
if [ -n "$on_path" ] && [ ! "$on_path" -ef "$target" ]; then
    version=$(version_of "$on_path")
    if good "$version"; then
        link "$on_path" "$version"
        exit
    fi
    say "$on_path is ${version:-not a program that runs}, too old"
fi

fetch
