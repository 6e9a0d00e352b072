#!/usr/bin/env bash
# Makes .venv, also where Debian's python3 came without its venv module.
set -euo pipefail
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "Tenderlight needs Python 3.11 or newer; this is $(python3 --version)."; exit 1; }
python3 -m venv .venv 2>/dev/null && exit 0
rm -rf .venv
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    exec python3 -m venv .venv
fi
echo "python3 has no venv module here. Install it: sudo apt-get install python3-venv"
exit 1
