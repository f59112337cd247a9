# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts here and .ci/run share: makes a Debian or Ubuntu machine ready and builds the program.
# All that is said goes to the standard error output: the standard output belongs to the program.

# Newer compilers may warn of more, and warnings are errors here.
swift_version=6.3

# shellcheck disable=SC2034 # for the scripts that source this one
build_packages=(ca-certificates git libasound2-dev libespeak-ng-dev libssl-dev libyaml-dev pkg-config zlib1g-dev)
# What swift.org's toolchain needs of the system (https://swift.org/install/linux), less what only its debugger does.
swift_packages=(binutils g++ libcurl4-openssl-dev libncurses-dev libsqlite3-dev libxml2-dev tzdata)
# shellcheck disable=SC2034
test_packages=(alsa-utils libasound2-plugins pulseaudio pulseaudio-utils sox)
# Further tests' (skipped where these are missing): programs that people may not want on a machine of theirs, since they
# are large or start a service when they are installed.
# shellcheck disable=SC2034
ci_packages=(chromium chromium-driver nginx-light prometheus)
# shellcheck disable=SC2034
package_packages=(debhelper dpkg-dev)

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

# need_packages NAME...: installs those system packages that are missing.
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
    say "installing with apt: ${missing[*]}"
    {
        as_root apt-get update -q &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
    } </dev/null >&2 || fail "apt could not install ${missing[*]}; see the lines above"
}

# Makes the command swift available, from swift.org where the machine has none.
need_swift() {
    local home=${SWIFTLY_HOME_DIR:-${HOME:-/root}/.local/share/swiftly}
    # shellcheck source=/dev/null
    if ! command -v swift >/dev/null && [ -f "$home/env.sh" ]; then . "$home/env.sh"; fi
    if ! command -v swift >/dev/null; then
        install_swift "$home"
        # shellcheck source=/dev/null
        . "$home/env.sh"
    fi
    swift_works || need_packages "${swift_packages[@]}"
}

# Whether the compiler runs, and finds the headers and libraries that every program needs.
swift_works() {
    swift build --version &>/dev/null && clang++ -x c++ -fsyntax-only - <<<'#include <string>' &>/dev/null
}

# install_swift FOLDER: with swift.org's own installer, into the user's account.
install_swift() (
    say "there is no Swift on this machine: its installer, swiftly, brings Swift $swift_version from swift.org"
    say "(about 1 GB to download, 3 GB in $1; nothing else of your account is changed)"
    if [ -t 0 ] && [ -t 2 ]; then
        read -r -p 'utter: install it now? [Y/n] ' answer >&2
        [[ ! $answer =~ ^[nN] ]] || fail "without Swift nothing can be built; https://swift.org/install says more"
    fi
    need_packages ca-certificates curl gnupg tzdata
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cd "$folder" || exit
    {
        archive=swiftly-$(uname -m).tar.gz
        curl --fail --location --remote-name "https://download.swift.org/swiftly/linux/$archive" &&
            tar -xzf "$archive" &&
            ./swiftly init --assume-yes --skip-install --no-modify-profile --quiet-shell-followup
    } </dev/null >&2 || fail "the installer could not be had from download.swift.org; see the lines above"
    # shellcheck source=/dev/null
    . "$1/env.sh"
    swiftly install "$swift_version" --use --assume-yes --post-install-file="$folder/after.sh" </dev/null >&2 ||
        fail "Swift could not be installed; see the lines above"
    if [ -f after.sh ]; then as_root bash "$folder/after.sh" </dev/null >&2; fi
)

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

# build_release ROOT: makes ROOT/.build/release/utter, if anything that it is made of has changed.
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
    # Nobody looks up the program's symbols by name: without them the file is 3.7 MB smaller, 2 MB of it in memory.
    swift build --package-path "$root" --configuration release --product utter --static-swift-stdlib \
        -Xlinker --no-export-dynamic --jobs "$(build_jobs)" </dev/null >"$log" 2>&1 &
    show_progress $! "$log" || {
        grep -E 'error:' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        fail "the build failed; all it said is in $log"
    }
    mv "$stamp.new" "$stamp"
}

# show_progress PID LOG: says how far the build is until it ends, and passes its status on.
show_progress() {
    local pid=$1 log=$2 start=$SECONDS said=0 step
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        [ $((SECONDS - start)) -gt "$said" ] || continue
        step=$(tail -c 4000 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -n 1) || true
        if [ -t 2 ]; then
            said=$((SECONDS - start))
            printf '\r\033[Kutter: building %s %d s' "$step" "$said" >&2
        elif [ $((SECONDS - start)) -ge $((said + 15)) ]; then
            said=$((SECONDS - start))
            say "building $step $said s"
        fi
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
    trap - INT TERM
    wait "$pid" || return
    say "built in $((SECONDS - start)) s"
}
