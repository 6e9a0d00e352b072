#!/usr/bin/env bash
# What the tests drive and Python does not bring: a Chromium, and openssl as a time-stamping
# authority. Uses what is installed, else Debian's where we may install it.
set -u
missing=""
command -v chromium chromium-browser google-chrome >/dev/null || missing="chromium fonts-noto-cjk"
command -v openssl >/dev/null || missing="$missing openssl"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's$missing for the tests …" | tr -s ' '
    # shellcheck disable=SC2086 - a list of names
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Not here: $missing. The tests that need them will be skipped (apt-get install $missing)."
exit 0
