#!/usr/bin/env bash
# Makes .venv-wacz with the validator of WACZ files that the tests of hand-overs run. It has an
# environment of its own because one of its dependencies is under the AGPL; nothing of it is
# imported or shipped. Lock it again with:
#   echo wacz | uv pip compile -q --generate-hashes --no-header --no-annotate \
#       --python-version 3.11 - -o tools/wacz.lock
set -u
cd "$(dirname "$0")/.." || exit 1
command -v wacz >/dev/null && exit 0
[ .venv-wacz/ready -nt tools/wacz.lock ] && exit 0
echo "Installing the validator of WACZ files into .venv-wacz …"
rm -rf .venv-wacz
python3 -m venv .venv-wacz &&
    .venv-wacz/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
        -r tools/wacz.lock &&
    touch .venv-wacz/ready && exit 0
rm -rf .venv-wacz
echo "It cannot be installed here: its tests will be skipped."
exit 0
