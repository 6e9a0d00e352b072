#!/usr/bin/env bash
# The browser tests need a Chromium. Use an installed one, else Debian's where we may install it.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the browser tests …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "No Chromium: the browser tests will be skipped (install it: apt-get install chromium)."
exit 0
