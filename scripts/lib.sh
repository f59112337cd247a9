# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts here and .ci/run share: makes a Debian or Ubuntu machine ready and builds the program.
# Everything is written to standard error: standard output belongs to the program.

# The oldest Swift that builds this, as in Package.swift, and the version that is installed if there is none.
swift_version=6.3

# shellcheck disable=SC2034 # for the scripts that source this one
build_packages=(ca-certificates git libasound2-dev libespeak-ng-dev libmosquitto-dev libsonic-dev libspeexdsp-dev
    libssl-dev libyaml-dev pkg-config zlib1g-dev)
# What swift.org's toolchain needs of the system (https://swift.org/install/linux), less what only its debugger does.
swift_packages=(binutils g++ libcurl4-openssl-dev libncurses-dev libsqlite3-dev libxml2-dev tzdata)
# shellcheck disable=SC2034
test_packages=(alsa-utils libasound2-plugins pulseaudio pulseaudio-utils sox)
# For more tests, which are skipped without them: programs that people may not want on their machine, since they are
# large or start a service when installed.
# shellcheck disable=SC2034
ci_packages=(chromium chromium-driver mosquitto mosquitto-clients nginx-light openssl procps prometheus python3-venv)
# shellcheck disable=SC2034
package_packages=(build-essential debhelper dpkg-dev)

say() { printf 'utter: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 69 # EX_UNAVAILABLE
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root, and there is no sudo here; as root, run: $*"
    fi
}

# quietly WHAT COMMAND...: prints WHAT and runs COMMAND; shows the last lines of its output only if it fails.
# COMMAND runs in the foreground, so that Ctrl-C reaches it: apt finishes what dpkg has begun.
quietly() {
    local log counter='' status=0
    log=$(mktemp)
    say "$1"
    shift
    trap 'end_quietly; exit 130' INT
    trap 'end_quietly; exit 143' TERM
    if [ -t 2 ]; then
        count_seconds &
        counter=$!
    fi
    "$@" </dev/null >"$log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then stop_counting && tail -n 20 "$log" >&2; fi
    end_quietly
    return "$status"
}

end_quietly() {
    stop_counting
    rm -f "$log"
    trap - INT TERM
}

stop_counting() {
    [ -n "$counter" ] || return 0
    kill "$counter" 2>/dev/null
    wait "$counter" 2>/dev/null || true
    counter=
    printf '\r\033[K' >&2
}

# Shows how long this has taken, until it is stopped.
count_seconds() {
    local start=$SECONDS
    while sleep 1; do printf '\r\033[Kutter: %d s' $((SECONDS - start)) >&2; done
}

# need_packages NAME...: installs the system packages that are missing.
need_packages() {
    local installed missing=() name
    if ! command -v dpkg-query >/dev/null; then
        say "this is neither Debian nor Ubuntu; what they call $* has to be there"
        return
    fi
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${binary:Package} ${Provides}\n' 2>/dev/null |
        sed -n -e 's/:[a-z0-9]*\b//g' -e 's/^installed / /p')
    for name; do
        [[ $installed =~ [[:space:]]"$name"([[:space:],]|$) ]] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    as_root true # a password is asked for now, not in the middle of the line that counts
    quietly "installing with apt: ${missing[*]}" install_packages "${missing[@]}" ||
        fail "apt could not install the packages (its last lines are above); when that is mended, run this again"
}

install_packages() {
    as_root apt-get -qq -o Acquire::Retries=3 update &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install --yes --no-install-recommends "$@"
}

# need_python ROOT: makes ROOT/.build/python, with what the tests need from PyPI.
need_python() {
    local python=$1/.build/python wanted
    wanted=$(cat "$1/Tests/requirements.txt" "$1/Tests/requirements-axe.txt")
    [ "$wanted" != "$(cat "$python/wanted" 2>/dev/null)" ] || return 0
    need_packages python3-venv
    rm -rf "$python"
    python3 -m venv "$python"
    quietly "installing from PyPI: $(grep -v '^#' <<<"$wanted" | tr '\n' ' ')" install_python "$1" ||
        fail "PyPI did not bring what the tests need; the last lines are above"
    printf '%s\n' "$wanted" >"$python/wanted"
}

install_python() {
    "$1/.build/python/bin/pip" install --retries 3 --requirement "$1/Tests/requirements.txt" &&
        "$1/.build/python/bin/pip" install --retries 3 --no-deps --requirement "$1/Tests/requirements-axe.txt"
}

# Finds a Swift that can build this: the one in PATH, else swiftly's, else a new one from swift.org.
need_swift() {
    local home=${SWIFTLY_HOME_DIR:-${HOME:-/root}/.local/share/swiftly}
    # A toolchain that lacks a system library can't even print its version.
    if command -v swift >/dev/null && [ -z "$(swift_release)" ]; then need_packages "${swift_packages[@]}"; fi
    if ! swift_suffices && [ -f "$home/env.sh" ]; then use_swiftly "$home"; fi
    if ! swift_suffices; then
        if command -v swift >/dev/null; then say "$(swift_complaint)"; fi
        install_swift "$home" || exit
        use_swiftly "$home"
        swift_suffices || fail "$(swift_complaint): put a newer one first in PATH"
    fi
    swift_works || need_packages "${swift_packages[@]}"
}

# The version of the Swift in PATH, such as 6.3.1; nothing if there is none or it doesn't run.
swift_release() {
    swift --version 2>/dev/null </dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1 || true
}

swift_suffices() {
    local release
    release=$(swift_release)
    [ -n "$release" ] && [ "$(printf '%s\n' "$swift_version" "$release" | sort -V | head -n 1)" = "$swift_version" ]
}

swift_complaint() {
    local release
    release=$(swift_release)
    echo "Swift $swift_version or newer is needed, and $(command -v swift) ${release:+is }${release:-does not run}"
}

# use_swiftly FOLDER: puts the toolchain of swiftly in FOLDER first in PATH.
use_swiftly() {
    # shellcheck source=/dev/null
    . "$1/env.sh"
    PATH=${SWIFTLY_BIN_DIR:-$1/bin}:$PATH
    hash -r
}

# Whether the compiler finds the headers and libraries that every program needs.
swift_works() {
    swift build --version &>/dev/null && clang++ -x c++ -fsyntax-only - <<<'#include <string>' &>/dev/null
}

# install_swift FOLDER: with swift.org's own installer, into the user's account.
install_swift() (
    command -v swift >/dev/null || say "there is no Swift on this machine"
    say "swift.org's installer, swiftly, brings Swift $swift_version"
    say "(about 1 GB to download, 3 GB in $1; nothing else of your account is changed)"
    if [ -t 0 ] && [ -t 2 ]; then
        read -r -p 'utter: install it now? [Y/n] ' answer >&2
        [[ ! $answer =~ ^[nN] ]] || fail "without Swift nothing can be built; https://swift.org/install says more"
    fi
    need_packages ca-certificates curl gnupg tzdata
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cd "$folder" || exit
    if [ ! -f "$1/env.sh" ]; then
        quietly "fetching swiftly from download.swift.org" fetch_swiftly ||
            fail "$(without_network "swiftly could not be had from download.swift.org")"
    fi
    use_swiftly "$1"
    quietly "fetching Swift $swift_version from download.swift.org" \
        swiftly install "$swift_version" --use --assume-yes --post-install-file="$folder/after.sh" ||
        fail "$(without_network "Swift could not be installed")"
    if [ -f after.sh ]; then
        as_root true
        quietly "installing what Swift needs of the system" as_root bash "$folder/after.sh" ||
            fail "what Swift needs of the system could not be installed; the last lines are above"
    fi
)

fetch_swiftly() {
    local archive
    archive=swiftly-$(uname -m).tar.gz
    curl --fail --location --silent --show-error --retry 3 --connect-timeout 30 --remote-name \
        "https://download.swift.org/swiftly/linux/$archive" &&
        tar -xzf "$archive" &&
        ./swiftly init --assume-yes --skip-install --no-modify-profile --quiet-shell-followup
}

# without_network WHAT: says that WHAT failed, and what to do on a closed network.
without_network() {
    printf '%s\n' "$1; the last lines are above." \
        "utter: Behind a proxy: set https_proxy, and run this again." \
        "utter: Without a network: fetch Swift $swift_version or newer elsewhere (a .tar.gz of https://swift.org/install), unpack" \
        "utter: it here, and put its usr/bin first in PATH. Utter takes it as it is."
}

# How many compiler jobs fit: one for each 1.75 GB that is free, so that a small board does not start to swap.
build_jobs() {
    local cores kilobytes limit jobs
    cores=$(nproc)
    kilobytes=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
    limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
    if [ "$limit" != max ] && [ $((limit / 1024)) -lt "$kilobytes" ]; then kilobytes=$((limit / 1024)); fi
    jobs=$((kilobytes / 1750000))
    [ "$jobs" -le "$cores" ] || jobs=$cores
    [ "$jobs" -ge 1 ] || jobs=1
    echo "$jobs"
}

# source_date ROOT: the seconds since 1970 that count as the time of a build: $SOURCE_DATE_EPOCH, else the last commit's.
source_date() {
    echo "${SOURCE_DATE_EPOCH:-$(git -c safe.directory='*' -C "$1" log -1 --format=%ct 2>/dev/null || stat -c %Y "$1/CHANGELOG.md")}"
}

# build_release ROOT: builds ROOT/.build/release/utter if any of its sources has changed.
build_release() {
    local root=$1 log=$1/.build/release.log stamp=$1/.build/release.stamp
    if [ -x "$root/.build/release/utter" ] && [ -e "$stamp" ] &&
        [ -z "$(find "$root/Package.swift" "$root/Sources" -newer "$stamp" -print -quit)" ]; then
        return
    fi
    need_swift
    mkdir -p "$root/.build"
    if [ -e "$stamp" ]; then
        say "building what has changed"
    else
        say "building the program; the first time this takes several minutes"
    fi
    touch "$stamp.new"
    # Nothing looks up the program's symbols by name: without them the file is 3.7 MB smaller, and 2 MB less is resident.
    # Debug information would double the file and take a twentieth of the build; backtraces name functions without it.
    run_build "$log" --package-path "$root" --configuration release --product utter --static-swift-stdlib \
        -Xlinker --no-export-dynamic -debug-info-format none
    mv "$stamp.new" "$stamp"
}

# run_build LOG ARGS...: runs `swift build ARGS...` and shows how far it is; its output goes to LOG.
run_build() {
    local log=$1
    shift
    swift build --jobs "$(build_jobs)" "$@" </dev/null >"$log" 2>&1 &
    show_progress $! "$log" || {
        grep -E 'error:' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        if grep -qiE 'could not resolve host|failed to connect|unable to access' "$log"; then
            say "the packages in Package.swift come from github.com: behind a proxy, set https_proxy and run this again"
        fi
        fail "the build failed; its whole output is in $log"
    }
}

# show_progress PID LOG: shows how far the build is until it ends, and returns its status.
show_progress() {
    local pid=$1 log=$2 start=$SECONDS said=0 step
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        [ $((SECONDS - start)) -gt "$said" ] || continue
        step=$(tail -c 4000 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -n 1) || true
        if [ -t 2 ]; then
            said=$((SECONDS - start))
            printf '\r\033[Kutter: building %s%d s' "${step:+$step }" "$said" >&2
        elif [ $((SECONDS - start)) -ge $((said + 15)) ]; then
            said=$((SECONDS - start))
            say "building ${step:+$step }$said s"
        fi
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
    trap - INT TERM
    wait "$pid" || return
    say "built in $((SECONDS - start)) s"
}
