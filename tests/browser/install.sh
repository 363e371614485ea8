#!/bin/sh
# Makes the tests in a browser possible: Chromium on PATH, or else Debian's package by apt when root;
# and the packages of the lock file, which bring no browser of their own.
#
# Ends with 3, after saying why, where they can't be run.
set -eu
cd "$(dirname "$0")"

skip() {
    printf 'browser tests: skipped: %s\n' "$1"
    exit 3
}

has() { command -v "$1" >/dev/null 2>&1; }

# Installs the Debian packages named, quietly unless it fails.
apt_install() {
    has apt-get && [ "$(id -u)" = 0 ] || return 1
    log=$(mktemp)
    if { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"; } >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    sed 's/^/  /' "$log" >&2
    rm -f "$log"
    return 1
}

if ! { has node && has npm; }; then
    printf 'browser tests: installing Debian'"'"'s nodejs and npm\n'
    apt_install nodejs npm || skip 'node and npm are missing, and apt could not install them (needs root)'
fi
node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' ||
    skip "node $(node --version) is too old: 20.19 or newer is needed"

if [ -z "${GIAPRANH_CHROMIUM:-}" ] && ! { has chromium || has chromium-browser || has google-chrome; }; then
    printf 'browser tests: installing Debian'"'"'s chromium\n'
    apt_install chromium || skip 'no Chromium on PATH, and apt could not install one (needs root); or name one: GIAPRANH_CHROMIUM=…'
fi

if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error || skip 'npm could not fetch the packages of package-lock.json'
fi
